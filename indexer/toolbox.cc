// How do analyser and annotator work on one article after another?
#include "indexer/toolbox.h"

#include "annotate/names.h"
#include "indexer/analysis.h"
#include "indexer/duplicates.h"
#include "schema/annotation_codec.h"
#include "schema/data_path.h"
#include "schema/index_format.h"
#include "schema/packing.h"
#include "schema/terms.h"

#include <algorithm>

#include <fmt/format.h>
#include <nettle/sha2.h>

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

Result<Resources> open_resources_of(const std::string& db) {
  annotate::ModelFiles files;
  files.topics = own_topics({db});
  return open_resources(files);
}

Toolbox::Toolbox(const Resources& resources, annotate::TopicsWanted topics)
    : analyser_(resources.lexicon), annotator_(resources.models, topics) {}

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
  r.text_packed = pack(article.text, Packed::text);
  r.annotation_packed = pack(encode_annotation(annotation_), Packed::annotation);
  r.text_sha256 = sha256(article.text);
  r.sketch = make_sketch(article, text_, analyser_);
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

Result<std::string> sha256(ByteStream& stream) {
  sha256_ctx context;
  sha256_init(&context);
  std::string buffer(std::size_t{1} << 18, '\0');
  for (;;) {
    const Result<std::size_t> got = stream.read(buffer.data(), buffer.size());
    if (!got) return fail(got);
    if (*got == 0) break;
    sha256_update(&context, *got, reinterpret_cast<const std::uint8_t*>(buffer.data()));
  }
  std::string out(SHA256_DIGEST_SIZE, '\0');
  sha256_digest(&context, out.size(), reinterpret_cast<std::uint8_t*>(out.data()));
  return out;
}

}  // namespace spalte::indexer
