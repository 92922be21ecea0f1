// How is Xapian's stemmer called?
#include "language/stem.h"

#include <xapian.h>

namespace spalte::language {

struct Stemmer::Impl {
  Xapian::Stem stem{"norwegian"};
};

Stemmer::Stemmer() : impl_(std::make_unique<Impl>()) {}
Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;

std::string Stemmer::operator()(std::string_view folded) const { return impl_->stem(std::string(folded)); }

}  // namespace spalte::language
