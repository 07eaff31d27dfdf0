package io.jenkins.plugins.cascade.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.report.CascadeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** Whatever stands in a record, a page holds no script and no address but those of the web, and is never too large to be shown. */
class HostileRecordTest {
    private static final String EVIL =
            "\"'><script>alert(1)</script><img src=x onerror=alert(2)>]]>&\u0000\u202E${7*7}";
    private static final int LARGEST_PAGE = 5 << 20;
    /** Fields whose values are of a fixed set or form; everything else of a record may be any text. */
    private static final Set<String> FIXED = Set.of(
            "kind",
            "status",
            "verdict",
            "role",
            "startedAt",
            "finishedAt",
            "parent",
            "candidate",
            "baseline",
            "checkpoint",
            "directory",
            "result",
            "name",
            "benchmark");

    @TempDir
    Path folder;

    private Path record;
    private FolderJob job;
    private CascadeBuildAction action;

    @BeforeEach
    void copyStoredBuilds() throws IOException {
        Path builds = Builds.stored(1, folder.resolve("builds"));
        record = Builds.record(builds, Builds.CHAMPION);
        job = new FolderJob(builds);
        action = new CascadeBuildAction(job.build(Builds.CHAMPION, false));
    }

    private ObjectNode tree() throws IOException {
        return (ObjectNode) CanonicalJson.MAPPER.readTree(record.toFile());
    }

    private void store(JsonNode tree) throws IOException {
        Files.write(record, CanonicalJson.MAPPER.writeValueAsBytes(tree));
        CascadeFile.read(record);
    }

    /** Puts a text in the place of every text that may be any. */
    private static void poison(JsonNode node, String text) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (field.getValue().isTextual() && !FIXED.contains(field.getKey()) && !isNumber(field.getValue())) {
                    object.put(field.getKey(), text);
                } else {
                    poison(field.getValue(), text);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, TextNode.valueOf(text));
                } else {
                    poison(array.get(i), text);
                }
            }
        }
    }

    private static boolean isNumber(JsonNode text) {
        return Set.of("NaN", "Infinity", "-Infinity").contains(text.textValue());
    }

    /** Gives a stage, its parent links and a benchmark hostile names everywhere. */
    private static JsonNode renamed(JsonNode tree, String stage, String benchmark) throws IOException {
        String name = CanonicalJson.MAPPER.writeValueAsString(EVIL + stage);
        String other = CanonicalJson.MAPPER.writeValueAsString(EVIL + benchmark);
        String text = tree.toString()
                .replace("\"name\":\"" + stage + "\"", "\"name\":" + name)
                .replace("\"parent\":\"" + stage + "\"", "\"parent\":" + name)
                .replace("\"benchmark\":\"" + benchmark + "\"", "\"benchmark\":" + other)
                .replace("\"" + benchmark + "\":{", other + ":{");
        return CanonicalJson.MAPPER.readTree(text);
    }

    private List<String> pages() throws IOException {
        KeptResponse body = new KeptResponse();
        action.doBody(body);
        KeptResponse download = new KeptResponse();
        action.doReport(download);
        CascadeJobAction trend = new CascadeJobAction(job);
        return List.of(
                action.summary().getMarkup(), body.content(), download.content(), trend.overview("/"), trend.report());
    }

    private static void assertHarmless(String page) {
        assertTrue(page.length() < LARGEST_PAGE, "a page of " + page.length() + " characters");
        Element root = Builds.parse(page);
        for (Element element : Builds.all(root, "*")) {
            assertFalse(
                    Set.of("script", "img", "iframe", "object", "embed", "form", "link", "base")
                            .contains(element.getTagName()),
                    element.getTagName());
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                String name = attributes.item(i).getNodeName();
                String value = attributes.item(i).getNodeValue();
                assertFalse(name.startsWith("on") || name.equals("style") || name.equals("src"), name);
                assertTrue(
                        !name.equals("href") || value.matches("(https?://|#|\\.\\./|/[0-9])[^\\s]*"),
                        name + " " + value);
                assertFalse(value.matches("[NM]?[^a-z]*(NaN|Infinity).*") && !name.equals("aria-label"), name + value);
            }
        }
    }

    @Test
    void scriptsInTextsNamesAndAddressesAreShownAsText() throws IOException {
        ObjectNode tree = tree();
        poison(tree, EVIL);
        store(renamed(tree, "math", "code"));
        for (String page : pages()) {
            assertHarmless(page);
        }
        assertTrue(action.report().getMarkup().contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    @Test
    void anAddressThatIsNotOfTheWebIsNoLink() throws IOException {
        for (String address : List.of(
                "javascript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "//evil.example.org",
                "https://user:secret@mlflow.example.org/",
                " https://mlflow.example.org/",
                "https:mlflow")) {
            ObjectNode tree = tree();
            tree.put("mlflowUrl", address);
            tree.path("stages").forEach(stage -> ((ObjectNode) stage).put("mlflowUrl", address));
            store(tree);
            for (String page : pages()) {
                assertHarmless(page);
                assertFalse(page.contains("href=\"https:"), address);
            }
        }
    }

    @Test
    void numbersThatNobodyCanDrawAreLeftOut() throws IOException {
        for (String number : List.of("1e308", "-1e308", "\"NaN\"", "\"Infinity\"", "1e-320")) {
            String text = tree().toString()
                    .replaceAll(
                            "\"(mean|standardError|difference|lower|upper|margin|resolution|candidate)\":-?[0-9][0-9.eE-]*",
                            "\"$1\":" + number);
            store(CanonicalJson.MAPPER.readTree(text));
            for (String page : pages()) {
                assertHarmless(page);
            }
        }
    }

    @Test
    void veryLongTextsMakeNoEndlessPage() throws IOException {
        ObjectNode tree = tree();
        poison(tree, "x".repeat(100_000));
        store(tree);
        for (String page : pages()) {
            assertHarmless(page);
        }
        assertTrue(action.report().getMarkup().contains("too large to be shown as a page"));
        assertTrue(action.summary().getMarkup().length() < 50_000);
    }

    @Test
    void manyStagesAndBenchmarksMakeNoEndlessPage() throws IOException {
        ObjectNode tree = tree();
        ArrayNode stages = (ArrayNode) tree.path("stages");
        ObjectNode one = (ObjectNode) stages.get(4);
        ObjectNode scores = (ObjectNode) one.path("scores");
        JsonNode score = scores.elements().next();
        for (int i = 0; i < 70; i++) {
            scores.set("benchmark " + i, score);
        }
        for (int i = 0; i < 110; i++) {
            stages.add(one.deepCopy().put("name", "stage " + i));
        }
        store(tree);
        for (String page : pages()) {
            assertHarmless(page);
        }
        assertEquals(
                60,
                Builds.all(Builds.parse(new CascadeJobAction(job).report()), "figure")
                        .size());
    }

    @Test
    void hostileAnswersAndEventsAreShownAsText() throws IOException {
        Path stage = record.resolveSibling("stages/059e201582e4-sft");
        String evil = CanonicalJson.MAPPER.writeValueAsString(EVIL);
        Files.writeString(
                stage.resolve("answers.jsonl"),
                "{\"benchmark\":" + evil + ",\"item\":" + evil + ",\"prompt\":" + evil + ",\"response\":" + evil
                        + ",\"score\":1}\n");
        Files.writeString(
                stage.resolve("events.jsonl"),
                "{\"kind\":\"step\",\"phase\":" + evil + ",\"step\":1,\"steps\":2,\"time\":1,\"metrics\":{" + evil
                        + ":1e308},\"message\":" + evil + "}\n");
        for (String page : pages()) {
            assertHarmless(page);
        }
    }

    @Test
    void aRecordOfAnySizeIsReadNoFurtherThanItsBound() throws IOException {
        byte[] large = new byte[CascadeFile.MAX_BYTES + 1];
        Arrays.fill(large, (byte) ' ');
        Files.write(record, large);
        assertTrue(action.report().getProblem().contains("is larger than"));
        Files.write(record, ("[".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8));
        assertTrue(action.report().getProblem().contains("is not a cascade's record"));
        KeptResponse response = new KeptResponse();
        action.getApi().doJson(response);
        assertEquals(500, response.status);
        assertTrue(response.content().length() < 1000, response.content());
    }

    @Test
    void aLinkOutOfTheBuildIsNotRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "{\"kind\":\"step\"}");
        Path events = record.resolveSibling("stages/059e201582e4-sft/events.jsonl");
        Files.delete(events);
        Files.createSymbolicLink(events, secret);
        String page = action.report().getMarkup();
        assertTrue(page.contains("The training events could not be read"), "the page says so");
    }
}
