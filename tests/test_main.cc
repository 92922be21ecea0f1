// Where is Catch2's main compiled? Here, once.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
