// How do analyser and annotator work on one article after another?
#include "indexer/toolbox.h"

#include "annotate/names.h"
#include "indexer/analysis.h"
#include "schema/annotation_codec.h"
#include "schema/data_path.h"
#include "schema/terms.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <nettle/sha2.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::indexer {

Result<Resources> open_resources(const annotate::ModelFiles& files) {
  Result<std::string> folder = data_folder();
  if (!folder) return fail(std::move(folder));
  auto lexicon = language::Analyser::open_lexicon(*folder + "/norwegian.lex");
  if (!lexicon) return fail(std::move(lexicon));
  annotate::ModelFiles all = files;
  all.data_folder = *folder;
  auto models = annotate::open_models(all);
  if (!models) return fail(std::move(models));
  return Resources{std::move(*lexicon), std::move(*models)};
}

Toolbox::Toolbox(const Resources& resources) : analyser_(resources.lexicon), annotator_(resources.models) {}

void Toolbox::work_on(Article& article, bool annotate) {
  analyse_article(article, analyser_, ranges_, text_);
  if (article.lang.empty()) article.lang = language::standard_code(text_.standard);
  if (annotate) {
    annotator_.annotate(article, text_, analyser_, annotation_);
  } else {
    annotation_ = {};
  }
}

ArticleRecord Toolbox::record(Article&& article) {
  ArticleRecord r;
  r.words =
      static_cast<std::uint32_t>(std::count_if(text_.tokens.begin(), text_.tokens.end(), [](const language::Token& t) {
        return t.kind != language::TokenKind::punctuation;
      }));
  r.text_packed = pack_text(article.text);
  r.annotation_packed = pack_text(encode_annotation(annotation_));
  r.text_sha256 = sha256(article.text);
  for (const ArticleActor& actor : annotation_.actors) {
    const NameId id = name_id(actor.kind, actor.name);
    r.names.push_back({id, actor.kind, actor.name, actor.wikidata});
    for (std::string& key : annotate::name_keys(actor)) r.name_keys.emplace_back(std::move(key), id);
  }
  r.article = std::move(article);
  return r;
}

std::string sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  std::string out(SHA256_DIGEST_SIZE, '\0');
  sha256_digest(&context, out.size(), reinterpret_cast<std::uint8_t*>(out.data()));
  return out;
}

Result<std::string> read_file(const std::string& path) {
  // O_NONBLOCK: what has become a FIFO since it was looked at must not hang us.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return fail(ErrorCode::bad_input, fmt::format("cannot be read: {}", std::strerror(errno)),
                "check the file's rights");
  struct stat st {};
  if (::fstat(descriptor, &st) != 0 || !S_ISREG(st.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::bad_input, "is no regular file", "");
  }
  if (st.st_size > kMaxFileBytes) {
    ::close(descriptor);
    return fail(ErrorCode::bad_input,
                fmt::format("is larger than a file of articles may be ({} MB, at most {} MB)", st.st_size >> 20,
                            kMaxFileBytes >> 20),
                "split it");
  }
  std::string out(static_cast<std::size_t>(st.st_size), '\0');
  std::size_t at = 0;
  while (at < out.size()) {
    const ssize_t got = ::read(descriptor, out.data() + at, out.size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      ::close(descriptor);
      return fail(ErrorCode::bad_input, fmt::format("reading stopped at byte {}: {}", at, std::strerror(error)),
                  "check the disk");
    }
    if (got == 0) break;
    at += static_cast<std::size_t>(got);
  }
  ::close(descriptor);
  out.resize(at);
  return out;
}

}  // namespace spalte::indexer
