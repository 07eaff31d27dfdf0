import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the quickstart's model folder and data: {@code java MakeData.java SEED [FOLDER]}.
 *
 * <p>Four little tasks over a closed vocabulary: word problems with a chain of thought, lists with countable constraints, small Python
 * functions, and descriptions whose politeness and brevity people prefer. The conversations for fine-tuning are flawed on purpose (wrong
 * steps, wrong counts, missing parentheses, rude answers), so that each later stage has something to win. Every task is split by a hash of
 * what is asked, not of how: 20 % benchmark, 40 % fine-tuning, 40 % reinforcement learning and preferences; no prompt is in two of them.
 */
public final class MakeData {
    private static final int SFT_LINES = 9000;
    private static final int PREFERENCE_LINES = 2000;
    private static final int PROMPT_LINES = 700;
    private static final int BENCHMARK_LINES = 320;

    private static final List<String> NAMES =
            List.of("Bob", "Zoe", "Tom", "Lea", "Max", "Ida", "Sam", "Eva", "Ben", "Amy");
    private static final List<String> THINGS = List.of("pens", "cups", "eggs", "keys", "hats", "nuts", "toys", "maps");
    private static final List<String> COLOURS = List.of("red", "blue", "green", "black", "white", "pink");
    private static final List<String> ANIMALS = List.of("cat", "dog", "fox", "hen", "owl", "pig", "bee", "cow");
    private static final List<String> FRUITS =
            List.of("apple", "pear", "plum", "fig", "lemon", "melon", "grape", "peach");
    private static final List<String> SIZES = List.of("big", "small", "old", "young", "tall");
    private static final List<String> MOODS =
            List.of("nice", "calm", "kind", "quick", "brave", "quiet", "happy", "shy", "proud", "wise");
    private static final List<String> VARIABLES = List.of("x", "n", "y", "k");
    private static final Map<String, List<String>> LISTS = lists();

    private final SplittableRandom random;
    private final Path folder;

    private MakeData(long seed, Path folder) {
        this.random = new SplittableRandom(seed);
        this.folder = folder;
    }

    /** Makes everything; see the class. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2 || !arguments[0].matches("-?\\d{1,18}")) {
            System.err.println("Usage: java MakeData.java SEED [FOLDER], SEED being a whole number");
            System.exit(64);
        }
        Path folder = Path.of(arguments.length == 2 ? arguments[1] : ".");
        new MakeData(Long.parseLong(arguments[0]), folder).make();
    }

    private void make() throws IOException {
        Files.createDirectories(folder.resolve("model"));
        List<Task> maths = mathsTasks();
        List<Task> lists = listTasks();
        List<Task> code = codeTasks();
        List<Task> chat = chatTasks();

        write("sft.jsonl", conversations(maths, lists, code, chat));
        write("preferences.jsonl", preferences(of(chat, Part.LEARN)));
        write("prompts-chat.jsonl", sample(of(chat, Part.LEARN), PROMPT_LINES, Task::promptLine));
        write("prompts-instructions.jsonl", sample(of(lists, Part.LEARN), PROMPT_LINES, Task::promptLine));
        write("prompts-math.jsonl", sample(of(maths, Part.LEARN), PROMPT_LINES, Task::promptLine));
        write("prompts-code.jsonl", sample(of(code, Part.LEARN), PROMPT_LINES, Task::promptLine));
        write("benchmark-preference.jsonl", benchmark("preference", chat));
        write("benchmark-instructions.jsonl", benchmark("instructions", lists));
        write("benchmark-math.jsonl", benchmark("math", maths));
        write("benchmark-code.jsonl", benchmark("code", code));
        writeModel(maths, lists, code, chat);
    }

    /** Where a task may be used. */
    private enum Part {
        BENCHMARK,
        SFT,
        LEARN
    }

    /**
     * Something that can be asked.
     *
     * @param skeleton what is asked, without names and other dress; decides the part and is the cluster
     * @param prompt the question
     * @param verifier the verifier's specification, JSON
     * @param answers draws an answer for fine-tuning, flawed at times
     */
    private record Task(String skeleton, String prompt, String verifier, Function<SplittableRandom, String> answers) {
        Part part() {
            int bucket = Byte.toUnsignedInt(sha256(skeleton)[0]) % 10;
            return bucket < 2 ? Part.BENCHMARK : bucket < 6 ? Part.SFT : Part.LEARN;
        }

        String promptLine() {
            return "{\"prompt\":" + quote(prompt) + ",\"verifier\":" + verifier + "}";
        }

        String itemLine(String id) {
            return "{\"id\":" + quote(id) + ",\"cluster\":" + quote(skeleton) + ",\"prompt\":" + quote(prompt)
                    + ",\"verifier\":" + verifier + "}";
        }

        String conversationLine(SplittableRandom random) {
            return "{\"messages\":[{\"role\":\"user\",\"content\":" + quote(prompt)
                    + "},{\"role\":\"assistant\",\"content\":" + quote(answers.apply(random)) + "}]}";
        }
    }

    // Maths: two steps from a small number; the chain of thought writes them down.

    /** One step of a word problem: {@code +}, {@code -} or {@code *} and its operand. */
    private record Step(char operation, int operand) {
        int apply(int value) {
            return switch (operation) {
                case '+' -> value + operand;
                case '-' -> value - operand;
                default -> value * operand;
            };
        }

        String words() {
            return switch (operation) {
                case '+' -> "finds " + operand;
                case '-' -> "loses " + operand;
                default -> "gets " + operand + " times as many";
            };
        }
    }

    private List<Task> mathsTasks() {
        List<Step> steps = new ArrayList<>();
        for (int operand = 2; operand <= 9; operand++) {
            steps.add(new Step('+', operand));
            steps.add(new Step('-', operand));
            if (operand <= 5) {
                steps.add(new Step('*', operand));
            }
        }
        List<Task> tasks = new ArrayList<>();
        for (int start = 2; start <= 9; start++) {
            for (Step first : steps) {
                for (Step second : steps) {
                    int middle = first.apply(start);
                    int end = second.apply(middle);
                    if (middle >= 1 && end >= 1 && end <= 99) {
                        tasks.add(mathsTask(start, first, second));
                    }
                }
            }
        }
        return tasks;
    }

    private Task mathsTask(int start, Step first, Step second) {
        String name = pick(NAMES, random);
        String prompt = name + " has " + start + " " + pick(THINGS, random) + ". " + name + " " + first.words()
                + " then " + second.words() + ". How many now?";
        int end = second.apply(first.apply(start));
        String skeleton = start + " " + first.operation + first.operand + " " + second.operation + second.operand;
        return new Task(
                skeleton,
                prompt,
                "{\"type\":\"math\",\"answer\":\"" + end + "\"}",
                draw -> mathsAnswer(start, first, second, draw));
    }

    private static String mathsAnswer(int start, Step first, Step second, SplittableRandom draw) {
        int middle = first.apply(start);
        if (draw.nextDouble() < 0.3) {
            return Integer.toString(second.apply(middle));
        }
        boolean flawed = draw.nextDouble() < 0.2;
        boolean firstIsFlawed = draw.nextBoolean();
        int slip = draw.nextBoolean() ? 1 : -1;
        int one = flawed && firstIsFlawed ? Math.max(1, middle + slip) : middle;
        int two = second.apply(one);
        two = flawed && !firstIsFlawed ? two + slip : two;
        two = Math.max(0, two);
        return "<think> " + start + " " + first.operation + " " + first.operand + " = " + one + "; " + one + " "
                + second.operation + " " + second.operand + " = " + two + "; </think> " + two;
    }

    // Instruction following: a numbered list of a given length, its last item and its closing word.

    private List<Task> listTasks() {
        List<Task> tasks = new ArrayList<>();
        LISTS.forEach((kind, items) -> {
            for (int count = 2; count <= 6; count++) {
                for (String last : items) {
                    for (String closing : MOODS) {
                        tasks.add(listTask(kind, items, count, last, closing));
                    }
                }
            }
        });
        return tasks;
    }

    private static Task listTask(String kind, List<String> items, int count, String last, String closing) {
        String prompt = "List " + count + " " + kind + ", end with " + last + ", then say " + closing + ".";
        List<String> numbers = new ArrayList<>();
        for (int number = 1; number < count; number++) {
            numbers.add(quote(Integer.toString(number)));
        }
        int words = 2 * count + 1;
        String verifier = "{\"type\":\"ifeval\",\"instruction_id_list\":[\"startend:end_checker\","
                + "\"length_constraints:number_words\",\"length_constraints:number_words\",\"keywords:existence\"],\"kwargs\":["
                + "{\"end_phrase\":" + quote(count + " " + last + ". " + closing) + "},"
                + "{\"relation\":\"at least\",\"num_words\":" + words + "},"
                + "{\"relation\":\"less than\",\"num_words\":" + (words + 1) + "},"
                + "{\"keywords\":[" + String.join(",", numbers) + "]}]}";
        return new Task(prompt, prompt, verifier, draw -> listAnswer(items, count, last, closing, draw));
    }

    private static String listAnswer(
            List<String> items, int count, String last, String closing, SplittableRandom draw) {
        int length = draw.nextDouble() < 0.18 ? Math.max(1, count + (draw.nextBoolean() ? 1 : -1)) : count;
        String end = draw.nextDouble() < 0.2 ? pick(items, draw) : last;
        String word = draw.nextDouble() < 0.1 ? pick(MOODS, draw) : closing;
        StringBuilder answer = new StringBuilder();
        for (int number = 1; number <= length; number++) {
            answer.append(number).append(' ').append(number == length ? end : pick(items, draw));
            answer.append(number == length ? ". " : " ");
        }
        return answer.append(word).toString();
    }

    // Code: a one-line Python function of two operations; the first must bind before the second.

    private List<Task> codeTasks() {
        List<Task> tasks = new ArrayList<>();
        for (char first : new char[] {'+', '-', '*'}) {
            for (int a = 2; a <= 9; a++) {
                for (char second : new char[] {'+', '-', '*'}) {
                    for (int b = 2; b <= 9; b++) {
                        for (String variable : VARIABLES) {
                            tasks.add(codeTask(new Step(first, a), new Step(second, b), variable));
                        }
                    }
                }
            }
        }
        return tasks;
    }

    private static Task codeTask(Step first, Step second, String variable) {
        String prompt = "Write code f(" + variable + "): " + codeWords(first) + " then " + codeWords(second) + ".";
        List<String> cases = new ArrayList<>();
        for (int input : new int[] {-3, 0, 1, 2, 7, 10}) {
            cases.add("{\"args\":[" + input + "],\"result\":" + second.apply(first.apply(input)) + "}");
        }
        String skeleton = "" + first.operation + first.operand + " " + second.operation + second.operand;
        return new Task(
                skeleton,
                prompt,
                "{\"type\":\"code\",\"entry_point\":\"f\",\"cases\":[" + String.join(",", cases) + "]}",
                draw -> codeAnswer(first, second, variable, draw));
    }

    private static String codeWords(Step step) {
        String operation =
                switch (step.operation) {
                    case '+' -> "add ";
                    case '-' -> "take ";
                    default -> "times ";
                };
        return operation + step.operand;
    }

    private static String codeAnswer(Step first, Step second, String variable, SplittableRandom draw) {
        boolean wrong = draw.nextDouble() < 0.2;
        boolean wrongFirst = draw.nextBoolean();
        char one = wrong && wrongFirst ? "+-*".charAt(draw.nextInt(3)) : first.operation;
        char two = wrong && !wrongFirst ? "+-*".charAt(draw.nextInt(3)) : second.operation;
        boolean parentheses = draw.nextDouble() >= 0.3;
        String inner = variable + " " + one + " " + first.operand;
        String body = parentheses ? "(" + inner + ")" : inner;
        return "def f(" + variable + "): return " + body + " " + two + " " + second.operand;
    }

    // Chat: a description; people like it short and with thanks at the end.

    private List<Task> chatTasks() {
        List<Task> tasks = new ArrayList<>();
        String verifier = "{\"type\":\"ifeval\",\"instruction_id_list\":[\"startend:end_checker\","
                + "\"length_constraints:number_words\"],\"kwargs\":[{\"end_phrase\":\"thanks!\"},"
                + "{\"relation\":\"less than\",\"num_words\":15}]}";
        for (String name : NAMES) {
            for (String size : SIZES) {
                for (String colour : COLOURS) {
                    for (String animal : ANIMALS) {
                        String subject = "the " + size + " " + colour + " " + animal;
                        String prompt = "Hi, I am " + name + ". Describe " + subject + ".";
                        tasks.add(new Task(prompt, prompt, verifier, draw -> chatAnswer(subject, draw)));
                    }
                }
            }
        }
        return tasks;
    }

    private static String chatAnswer(String subject, SplittableRandom draw) {
        boolean wordy = draw.nextDouble() < 0.3;
        boolean polite = draw.nextDouble() < 0.75;
        StringBuilder answer = new StringBuilder(subject + " is " + pick(MOODS, draw) + " and " + pick(MOODS, draw));
        if (wordy) {
            answer.append(" and ").append(pick(MOODS, draw)).append(". ").append(subject);
            answer.append(" is ").append(pick(MOODS, draw));
        }
        return answer.append(polite ? ". thanks!" : ".").toString();
    }

    /** What a rater feels: 2 for thanks at the end, 1.5 for at most 14 words (the benchmark's "less than 15"). */
    private static double utility(String answer) {
        int words = answer.split("\\W+").length;
        return (answer.endsWith("thanks!") ? 2 : 0) + (words < 15 ? 1.5 : 0);
    }

    private List<String> preferences(List<Task> tasks) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < PREFERENCE_LINES) {
            Task task = pick(tasks, random);
            String one = task.answers.apply(random);
            String two = task.answers.apply(random);
            double difference = utility(one) - utility(two);
            if (difference == 0) {
                continue; // A tie says nothing; the paper drops them too (section 4.2).
            }
            double chance = 1 / (1 + Math.exp(-2 * difference));
            boolean oneIsChosen = random.nextDouble() < chance;
            lines.add("{\"prompt\":" + quote(task.prompt) + ",\"chosen\":" + quote(oneIsChosen ? one : two)
                    + ",\"rejected\":" + quote(oneIsChosen ? two : one) + "}");
        }
        return lines;
    }

    // Putting it together.

    private List<String> conversations(List<Task> maths, List<Task> lists, List<Task> code, List<Task> chat) {
        List<Task> sftMaths = of(maths, Part.SFT);
        List<Task> sftLists = of(lists, Part.SFT);
        List<Task> sftCode = of(code, Part.SFT);
        List<Task> sftChat = of(chat, Part.SFT);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < SFT_LINES; line++) {
            double share = random.nextDouble();
            List<Task> tasks = share < 0.44 ? sftMaths : share < 0.66 ? sftLists : share < 0.83 ? sftCode : sftChat;
            lines.add(pick(tasks, random).conversationLine(random));
        }
        return lines;
    }

    private List<String> benchmark(String name, List<Task> tasks) {
        int[] number = {0};
        return sample(
                of(tasks, Part.BENCHMARK),
                BENCHMARK_LINES,
                task -> task.itemLine("%s-%03d".formatted(name, ++number[0])));
    }

    private static List<Task> of(List<Task> tasks, Part part) {
        return tasks.stream().filter(task -> task.part() == part).toList();
    }

    private List<String> sample(List<Task> tasks, int count, Function<Task, String> line) {
        List<Task> rest = new ArrayList<>(tasks);
        Set<String> prompts = new LinkedHashSet<>();
        List<String> lines = new ArrayList<>();
        while (lines.size() < count && !rest.isEmpty()) {
            Task task = rest.remove(random.nextInt(rest.size()));
            if (prompts.add(task.prompt)) {
                lines.add(line.apply(task));
            }
        }
        return lines;
    }

    // The model folder: a configuration and a tokenizer, no weights; training starts from the seed.

    private void writeModel(List<Task> maths, List<Task> lists, List<Task> code, List<Task> chat) throws IOException {
        List<String> special = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "[UNK]");
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        special.forEach(token -> vocabulary.put(token, vocabulary.size()));
        for (int digit = 0; digit <= 9; digit++) {
            vocabulary.put(Integer.toString(digit), vocabulary.size());
            vocabulary.put("##" + digit, vocabulary.size());
        }
        Set<String> words =
                new TreeSet<>(List.of("user", "assistant", "system", "<", ">", "/", ";", "=", "+", "-", "*"));
        for (List<Task> tasks : List.of(maths, lists, code, chat)) {
            for (Task task : tasks) {
                addWords(task.prompt, words);
                addWords(task.answers.apply(new SplittableRandom(task.prompt.hashCode())), words);
            }
        }
        words.forEach(word -> vocabulary.putIfAbsent(word, vocabulary.size()));
        Files.writeString(folder.resolve("model/tokenizer.json"), tokenizerJson(vocabulary, special) + "\n");
        Files.writeString(folder.resolve("model/tokenizer_config.json"), TOKENIZER_CONFIG);
        Files.writeString(
                folder.resolve("model/config.json"),
                CONFIG.formatted(vocabulary.get("<|im_end|>"), vocabulary.get("<|endoftext|>"), vocabulary.size()));
    }

    private static void addWords(String text, Set<String> words) {
        for (String word : text.replaceAll("</?think>", " ").split("\\s+|(?=\\W)|(?<=\\W)")) {
            if (!word.isBlank() && !word.matches("\\d+")) {
                words.add(word);
            }
        }
    }

    private static String tokenizerJson(Map<String, Integer> vocabulary, List<String> special) {
        String added = special.stream()
                .map(token -> ("{\"id\":%d,\"content\":%s,\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
                                + "\"normalized\":false,\"special\":%b}")
                        .formatted(vocabulary.get(token), quote(token), !token.contains("think")))
                .collect(Collectors.joining(","));
        String entries = vocabulary.entrySet().stream()
                .map(entry -> quote(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(","));
        return "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[" + added + "],"
                + "\"normalizer\":null,\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},\"post_processor\":null,"
                + "\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true},"
                + "\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\","
                + "\"max_input_chars_per_word\":100,\"vocab\":{" + entries + "}}}";
    }

    private static final String TOKENIZER_CONFIG =
            """
            {
              "tokenizer_class": "PreTrainedTokenizerFast",
              "eos_token": "<|im_end|>",
              "pad_token": "<|endoftext|>",
              "unk_token": "[UNK]",
              "model_max_length": 128,
              "clean_up_tokenization_spaces": false,
              "chat_template": "{% for message in messages %}<|im_start|>{{ message['role'] }}\\n{{ message['content'] }}<|im_end|>\\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\\n{% endif %}"
            }
            """;

    private static final String CONFIG =
            """
            {
              "architectures": ["LlamaForCausalLM"],
              "model_type": "llama",
              "attention_bias": false,
              "attention_dropout": 0.0,
              "bos_token_id": null,
              "cascade_init": {"linear_std": 0.08, "embedding_std": 0.05},
              "eos_token_id": %d,
              "head_dim": 32,
              "hidden_act": "silu",
              "hidden_size": 128,
              "initializer_range": 0.02,
              "intermediate_size": 384,
              "max_position_embeddings": 128,
              "mlp_bias": false,
              "num_attention_heads": 4,
              "num_hidden_layers": 4,
              "num_key_value_heads": 2,
              "pad_token_id": %d,
              "rms_norm_eps": 1e-06,
              "rope_theta": 10000.0,
              "tie_word_embeddings": true,
              "torch_dtype": "float32",
              "use_cache": true,
              "vocab_size": %d
            }
            """;

    private static Map<String, List<String>> lists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("names", NAMES.subList(0, 8));
        lists.put("colours", COLOURS);
        lists.put("animals", ANIMALS);
        lists.put("fruits", FRUITS);
        return lists;
    }

    private static <T> T pick(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    private void write(String name, List<String> lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
