# How is our own code compiled? Warnings, hardening and sanitizers live in one target that only our code links.
add_library(spalte_options INTERFACE)
target_compile_options(spalte_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees overlaps in std::string's own operator+ when it optimises (GCC bug 105651).
  target_compile_options(spalte_options INTERFACE -Wno-restrict)
  # And an unset string in the side of tl::expected that was not taken (GCC bug 105562 and its like).
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(spalte_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(SPALTE_WERROR)
  target_compile_options(spalte_options INTERFACE -Werror)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT SPALTE_SANITIZE)
  target_compile_options(spalte_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
target_link_options(spalte_options INTERFACE -Wl,-z,relro,-z,now)
# Tools of the build: the same warnings, no sanitizers (they would only be slower).
add_library(spalte_options_plain INTERFACE)
target_include_directories(spalte_options_plain INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(spalte_options_plain INTERFACE -Wall -Wextra)

if(SPALTE_SANITIZE)
  target_compile_options(spalte_options INTERFACE -fsanitize=${SPALTE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(spalte_options INTERFACE -fsanitize=${SPALTE_SANITIZE})
endif()
if(SPALTE_BUILD_FUZZ)
  target_compile_options(spalte_options INTERFACE -fsanitize=fuzzer-no-link)  # libFuzzer sees which branches are taken
endif()
target_include_directories(spalte_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(spalte_options INTERFACE SPALTE_VERSION="${PROJECT_VERSION}")
