// How are segmenting, lexicon, compounds and stemming put together?
#include "language/analyser.h"
