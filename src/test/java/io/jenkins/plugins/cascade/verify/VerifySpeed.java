package io.jenkins.plugins.cascade.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.cascade.verify.code.CodeVerifier;
import io.jenkins.plugins.cascade.verify.ifeval.IfEvalVerifier;
import io.jenkins.plugins.cascade.verify.math.MathVerifier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How many short answers a second the verifiers judge, round after round in turn: by the clock, and a second of processor time, which
 * other work on the machine hardly changes. Code is by the clock only, since its time is that of other processes.
 *
 * <p>Run as a program: {@code bench/reference/verify_speed [rounds]}.
 */
final class VerifySpeed {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] RESPONSES = {
        "The quick brown fox jumps over the lazy dog. It was a sunny day in the park! Who knew?\n\n* one\n* two\n\nP.S. all is well",
        "my answer is yes. it has no capital letters and it ends here",
        "<<Title>>\n\nSome *highlighted* words follow here, and they end without a mark"
    };
    private static final String[] INSTRUCTIONS = {
        "'punctuation:no_comma'],'kwargs':[{}",
        "'length_constraints:number_words'],'kwargs':[{'relation':'at least','num_words':20}",
        "'keywords:existence','detectable_format:title'],'kwargs':[{'keywords':['fox','day']},{}",
        "'detectable_format:number_bullet_lists'],'kwargs':[{'num_bullets':2}",
        "'length_constraints:number_sentences'],'kwargs':[{'relation':'less than','num_sentences':5}",
        "'change_case:english_lowercase'],'kwargs':[{}",
        "'keywords:letter_frequency'],'kwargs':[{'letter':'o','let_relation':'at least','let_frequency':3}"
    };

    private VerifySpeed() {}

    /** Prints a line a verifier and round. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]);
        Random random = new Random(1);
        try (Verifiers verifiers =
                Verifiers.with(List.of(new MathVerifier(), new IfEvalVerifier(), new CodeVerifier()))) {
            for (int round = 0; round < rounds; round++) {
                String label = round < 2 ? "warm-up" : "round " + (round - 1);
                measure(verifiers, label + " math", math(random, 40_000));
                measure(verifiers, label + " ifeval", ifeval(random, 20_000));
                measure(verifiers, label + " code", code(random, 60));
            }
        }
    }

    private static void measure(Verifiers verifiers, String label, List<VerificationTask> tasks) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = system.getProcessCpuTime();
        long clock = System.nanoTime();
        long right = verifiers.verifyAll(tasks).stream()
                .filter(verdict -> verdict.outcome() == Outcome.PASS)
                .count();
        double seconds = (System.nanoTime() - clock) / 1e9;
        double processorSeconds = (system.getProcessCpuTime() - processor) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-16s %6d judged, %6d right, %8.0f a second, %8.0f a processor second%n",
                label,
                tasks.size(),
                right,
                tasks.size() / seconds,
                tasks.size() / processorSeconds);
    }

    private static List<VerificationTask> math(Random random, int count) {
        List<VerificationTask> tasks = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            int above = random.nextInt(10_000) - 5_000;
            int below = 2 + random.nextInt(97);
            String[] pair =
                    switch (at % 6) {
                        case 0 -> new String[] {"" + above, "So it is \\boxed{" + above + "}."};
                        case 1 ->
                            new String[] {
                                "\\frac{" + above + "}{" + below + "}",
                                "The answer is \\boxed{\\dfrac{" + 2 * above + "}{" + 2 * below + "}}"
                            };
                        case 2 -> new String[] {"" + above / 4.0, "answer: " + (above + 1) / 4.0};
                        case 3 ->
                            new String[] {
                                "(" + above + ", " + below + ")", "\\boxed{(" + above + "," + (below + 1) + ")}"
                            };
                        case 4 -> new String[] {below + "\\sqrt{2}", "\\boxed{" + (below + 1) + "\\sqrt{2}}"};
                        default -> new String[] {"x > " + above, "Therefore $x > " + above + "$."};
                    };
            ObjectNode spec = JSON.createObjectNode().put("type", "math").put("answer", pair[0]);
            tasks.add(new VerificationTask("", pair[1], spec));
        }
        return tasks;
    }

    private static List<VerificationTask> ifeval(Random random, int count) throws IOException {
        List<JsonNode> specs = new ArrayList<>();
        for (String instruction : INSTRUCTIONS) {
            specs.add(JSON.readTree(
                    ("{'type':'ifeval','instruction_id_list':[" + instruction + "]}").replace('\'', '"')));
        }
        List<VerificationTask> tasks = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            String response = RESPONSES[random.nextInt(RESPONSES.length)] + " " + random.nextInt();
            tasks.add(new VerificationTask("", response, specs.get(random.nextInt(specs.size()))));
        }
        return tasks;
    }

    private static List<VerificationTask> code(Random random, int count) throws IOException {
        JsonNode spec = JSON.readTree("{\"type\":\"code\",\"entry_point\":\"twice\",\"test_code\":"
                + "\"def check(candidate):\\n    assert candidate(2) == 4\\n    assert candidate(-3) == -6\\n\"}");
        List<VerificationTask> tasks = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            String program = "def twice(x):\n    return 2 * x  # " + random.nextInt();
            tasks.add(new VerificationTask("", program, spec));
        }
        return tasks;
    }
}
