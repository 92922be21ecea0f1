// How do tagger, actors, quotes and topics work together on one article?
#include "annotate/annotator.h"
