import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene with its German analyser: title and text of each article in one stored field with positions, `offsets` besides with offsets
 * in the postings, which its UnifiedHighlighter reads in place of analysing what it shows.
 *
 * <pre>
 * Lucene index ARTICLES.jsonl INDEX THREADS [offsets]
 * Lucene queries INDEX QUERIES.jsonl
 * Lucene once INDEX WORD
 * Lucene version
 * </pre>
 */
final class Lucene {
    private static final String TEXT = "text";
    private static final double MEMORY_MB = 200;
    private static final int PASSES = 3;
    private static final long LONG = 60_000_000_000L;
    /** So long queries run before they are measured, for the compiler of the JVM. */
    private static final long WARM = 8_000_000_000L;
    private static final int DISTANCE = 5;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Analyzer ANALYZER = new GermanAnalyzer();

    private final IndexSearcher searcher;
    private final UnifiedHighlighter highlighter;

    private Lucene(String folder) throws IOException {
        searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Path.of(folder))));
        highlighter = UnifiedHighlighter.builder(searcher, ANALYZER).build();
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "version" -> System.out.println("Lucene " + Version.LATEST + ", Java " + Runtime.version().feature());
            case "index" -> index(arguments[1], arguments[2], Integer.parseInt(arguments[3]), arguments.length > 4);
            case "queries" -> new Lucene(arguments[1]).measure(arguments[2]);
            case "once" -> new Lucene(arguments[1]).search("word", List.of(arguments[2]), true).forEach(System.out::println);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void index(String articles, String folder, int threads, boolean offsets) throws Exception {
        FieldType stored = new FieldType(TextField.TYPE_STORED);
        if (offsets) {
            stored.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        }
        IndexWriterConfig settings = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(MEMORY_MB);
        try (FSDirectory directory = FSDirectory.open(Path.of(folder));
                IndexWriter writer = new IndexWriter(directory, settings);
                BufferedReader lines = Files.newBufferedReader(Path.of(articles));
                var pool = Executors.newFixedThreadPool(threads)) {
            Callable<Void> work = () -> {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode article = JSON.readTree(line);
                    Document document = new Document();
                    document.add(new Field(TEXT, article.path("title").asText(), stored));
                    document.add(new Field(TEXT, article.path("body").asText(), stored));
                    writer.addDocument(document);
                }
                return null;
            };
            for (var done : pool.invokeAll(java.util.Collections.nCopies(threads, work))) {
                done.get();
            }
            writer.commit();
        }
    }

    private void measure(String path) throws IOException {
        List<JsonNode> queries = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(path))) {
            queries.add(JSON.readTree(line));
        }
        for (boolean snippets : new boolean[] {false, true}) {
            for (long started = System.nanoTime(); System.nanoTime() - started < WARM; ) {
                for (JsonNode query : queries) {
                    search(query, snippets);
                }
            }
            double[] best = new double[queries.size()];
            int[] hits = new int[best.length];
            java.util.Arrays.fill(best, Double.POSITIVE_INFINITY);
            long started = System.nanoTime();
            for (int pass = 0; pass < PASSES && System.nanoTime() - started < LONG; pass++) {
                for (int at = 0; at < best.length; at++) {
                    long before = System.nanoTime();
                    hits[at] = search(queries.get(at), snippets).size();
                    best[at] = Math.min(best[at], (System.nanoTime() - before) / 1e3);
                }
            }
            for (int at = 0; at < best.length; at++) {
                System.out.printf(
                        java.util.Locale.ROOT,
                        "{\"query\": %d, \"mode\": \"%s\", \"micros\": %.3f, \"hits\": %d}%n",
                        at, snippets ? "snippets" : "ids", best[at], hits[at]);
            }
        }
    }

    private List<String> search(JsonNode query, boolean snippets) throws IOException {
        List<String> words = new ArrayList<>();
        query.get("words").forEach(word -> words.add(word.asText()));
        return search(query.get("kind").asText(), words, snippets);
    }

    /** The ten best articles: of each its number, or a snippet. */
    private List<String> search(String kind, List<String> words, boolean snippets) throws IOException {
        Query query = lower(kind, words);
        TopDocs best = searcher.search(query, 10);
        List<String> shown = new ArrayList<>();
        if (snippets) {
            for (String snippet : highlighter.highlight(TEXT, query, best)) {
                shown.add(snippet);
            }
        } else {
            for (ScoreDoc hit : best.scoreDocs) {
                shown.add(Integer.toString(hit.doc));
            }
        }
        return shown;
    }

    private static Query lower(String kind, List<String> words) throws IOException {
        List<Term> terms = new ArrayList<>();
        for (String word : words) {
            try (TokenStream tokens = ANALYZER.tokenStream(TEXT, word)) {
                CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
                tokens.reset();
                while (tokens.incrementToken()) {
                    terms.add(new Term(TEXT, term.toString()));
                }
                tokens.end();
            }
        }
        return switch (kind) {
            case "prefix" -> new PrefixQuery(new Term(TEXT, ANALYZER.normalize(TEXT, words.get(0))));
            case "phrase" -> new PhraseQuery(TEXT, terms.stream().map(Term::bytes).toArray(org.apache.lucene.util.BytesRef[]::new));
            case "near" -> {
                IntervalsSource[] near = terms.stream().map(term -> Intervals.term(term.bytes())).toArray(IntervalsSource[]::new);
                yield new IntervalQuery(TEXT, Intervals.maxgaps(DISTANCE, Intervals.unordered(near)));
            }
            default -> {
                BooleanQuery.Builder all = new BooleanQuery.Builder();
                for (Term term : terms) {
                    all.add(new TermQuery(term), kind.equals("or") ? Occur.SHOULD : Occur.MUST);
                }
                yield all.build();
            }
        };
    }
}
