package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** IFBench's constraints on sentences. */
final class SentenceInstructions {

    private static final int LETTERS = 26;

    private SentenceInstructions() {}

    /** Twice as many sentences end in a full stop as in a question mark. */
    static Instruction twoToOne(Arguments arguments) {
        return response -> {
            List<String> sentences = Sentences.split(response);
            return ending(sentences, ".") == 2 * ending(sentences, "?");
        };
    }

    static Instruction balance(Arguments arguments) {
        return response -> {
            List<String> sentences = Sentences.split(response);
            long statements = ending(sentences, ".");
            return statements == ending(sentences, "?") && statements == ending(sentences, "!");
        };
    }

    private static long ending(List<String> sentences, String mark) {
        return sentences.stream().filter(sentence -> sentence.endsWith(mark)).count();
    }

    /** Three sentences of the same length; IFBench does not check that their words differ. */
    static Instruction threeOfOneLength(Arguments arguments) {
        return response -> {
            List<String> sentences = Sentences.split(response);
            return sentences.size() == 3
                    && sentences.stream()
                                    .map(sentence -> PythonText.length(PythonText.strip(sentence)))
                                    .distinct()
                                    .count()
                            == 1;
        };
    }

    /** Each sentence has more words that share their first letter with a neighbour than the one before. */
    static Instruction alliteration(Arguments arguments) {
        return response -> {
            int before = -1;
            for (String sentence : Sentences.split(response)) {
                int count = alliterative(sentence);
                if (count <= before) {
                    return false;
                }
                before = count;
            }
            return true;
        };
    }

    private static int alliterative(String sentence) {
        List<String> words = PythonText.words(sentence.toLowerCase(Locale.ROOT)).stream()
                .map(PythonText::stripLeadingMarks)
                .filter(word -> !word.isEmpty())
                .toList();
        int count = 0;
        boolean running = false;
        for (int at = 1; at < words.size(); at++) {
            boolean same = words.get(at - 1).codePointAt(0) == words.get(at).codePointAt(0);
            count += same ? running ? 1 : 2 : 0;
            running = same;
        }
        return count;
    }

    static Instruction keyword(Arguments arguments) {
        int number = arguments.count("N");
        Pattern word = PythonText.ignoringCase("\\b" + Pattern.quote(arguments.text("word")) + "\\b");
        return response -> {
            List<String> sentences = Sentences.split(response);
            return sentences.size() >= number
                    && word.matcher(sentences.get(number - 1)).find();
        };
    }

    static Instruction increment(Arguments arguments) {
        int more = arguments.wholeNumber("small_n");
        return response -> {
            List<Integer> counts = Sentences.split(response).stream()
                    .map(sentence ->
                            PythonText.words(PythonText.withoutMarks(sentence)).size())
                    .toList();
            for (int at = 1; at < counts.size(); at++) {
                if (counts.get(at) != counts.get(at - 1) + more) {
                    return false;
                }
            }
            return true;
        };
    }

    /** 26 sentences whose first words begin with the letters in order. */
    static Instruction alphabet(Arguments arguments) {
        return response -> {
            List<String> sentences = Sentences.split(response);
            if (sentences.size() != LETTERS) {
                return false;
            }
            for (int at = 0; at < LETTERS; at++) {
                String sentence = PythonText.strip(sentences.get(at)).toLowerCase(Locale.ROOT);
                if (sentence.isEmpty() || sentence.charAt(0) != 'a' + at) {
                    return false;
                }
            }
            return true;
        };
    }

    /** An emoji is the last character of a sentence or the last but one, else the first of the next. */
    static Instruction emoji(Arguments arguments) {
        return response -> {
            List<int[]> sentences = Sentences.split(response).stream()
                    .map(sentence -> PythonText.strip(PythonText.withoutMarks(sentence))
                            .codePoints()
                            .toArray())
                    .toList();
            for (int at = 0; at < sentences.size(); at++) {
                boolean next = at + 1 < sentences.size() && beginsWithEmoji(sentences.get(at + 1));
                if (sentences.get(at).length == 0 || !endsWithEmoji(sentences.get(at)) && !next) {
                    return false;
                }
            }
            return true;
        };
    }

    private static boolean beginsWithEmoji(int[] sentence) {
        return sentence.length > 0 && Emoji.is(sentence[0]);
    }

    private static boolean endsWithEmoji(int[] sentence) {
        int last = sentence.length - 1;
        return Emoji.is(sentence[last]) || last > 0 && Emoji.is(sentence[last - 1]);
    }
}
