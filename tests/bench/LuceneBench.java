// What do index and query cost with Lucene's NorwegianAnalyzer, the core of Elasticsearch, OpenSearch and Solr?
// LuceneBench index INDEX FOLDER…  one writer, text stored, merged to one segment, committed
// LuceneBench query INDEX QUERIES  a query a line, all words must match, ten best; prints "median_ms p99_ms" of the second round
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

public class LuceneBench {
    private static final double RAM_BUFFER_MB = 256;

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("index")) {
            index(Paths.get(arguments[1]), Arrays.copyOfRange(arguments, 2, arguments.length));
        } else {
            query(Paths.get(arguments[1]), Files.readAllLines(Paths.get(arguments[2])));
        }
    }

    private static void index(Path target, String[] folders) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(new NorwegianAnalyzer())
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE).setRAMBufferSizeMB(RAM_BUFFER_MB);
        try (Directory directory = FSDirectory.open(target); IndexWriter writer = new IndexWriter(directory, config)) {
            for (String folder : folders) {
                List<Path> files;
                try (Stream<Path> walk = Files.walk(Paths.get(folder), FileVisitOption.FOLLOW_LINKS)) {
                    files = walk.filter(p -> p.toString().endsWith(".txt")).sorted().collect(Collectors.toList());
                }
                for (Path file : files) {
                    Document document = new Document();
                    document.add(new StringField("path", file.toString(), Field.Store.YES));
                    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                    document.add(new TextField("body", text, Field.Store.YES));
                    writer.addDocument(document);
                }
            }
            writer.forceMerge(1);
            writer.commit();
        }
    }

    private static void query(Path source, List<String> queries) throws IOException {
        try (Directory directory = FSDirectory.open(source); IndexReader reader = DirectoryReader.open(directory)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            Analyzer analyzer = new NorwegianAnalyzer();
            double[] ms = new double[queries.size()];
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < ms.length; i++) {
                    long begun = System.nanoTime();
                    ask(searcher, analyzer, queries.get(i));
                    ms[i] = (System.nanoTime() - begun) / 1e6;
                }
            }
            Arrays.sort(ms);
            System.out.printf("%.3f %.3f%n", ms[ms.length / 2], ms[(int) (ms.length * 0.99)]);
        }
    }

    private static List<String> ask(IndexSearcher searcher, Analyzer analyzer, String query) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        try (TokenStream stream = analyzer.tokenStream("body", query)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                all.add(new TermQuery(new Term("body", term.toString())), BooleanClause.Occur.MUST);
            }
            stream.end();
        }
        List<String> paths = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(all.build(), 10).scoreDocs) paths.add(searcher.doc(hit.doc).get("path"));
        return paths;
    }
}
