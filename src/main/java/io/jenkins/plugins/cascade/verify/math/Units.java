package io.jenkins.plugins.cascade.verify.math;

import io.jenkins.plugins.cascade.verify.math.Token.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Units of measurement and of money behind a number; differently spelled ones have the same canonical name. */
final class Units {

    static final String PERCENT = "%";

    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        names("%", "percent", "percents", "pct", "percentage");
        names("deg", "degree", "degrees");
        names("usd", "dollar", "dollars", "bucks", "usd");
        names("cent", "cent", "cents");
        names("eur", "euro", "euros", "eur");
        names("gbp", "pound", "pounds", "gbp");
        names("mm", "mm", "millimeter", "millimeters", "millimetre", "millimetres");
        names("cm", "cm", "centimeter", "centimeters", "centimetre", "centimetres");
        names("m", "m", "meter", "meters", "metre", "metres");
        names("km", "km", "kilometer", "kilometers", "kilometre", "kilometres");
        names("inch", "inch", "inches");
        names("ft", "ft", "foot", "feet");
        names("yd", "yd", "yard", "yards");
        names("mile", "mi", "mile", "miles");
        names("mg", "mg", "milligram", "milligrams");
        names("g", "g", "gram", "grams");
        names("kg", "kg", "kilogram", "kilograms");
        names("lb", "lb", "lbs");
        names("ml", "ml", "milliliter", "milliliters", "millilitre", "millilitres");
        names("l", "l", "liter", "liters", "litre", "litres");
        names("s", "s", "sec", "secs", "second", "seconds");
        names("min", "min", "mins", "minute", "minutes");
        names("h", "h", "hr", "hrs", "hour", "hours");
        names("day", "day", "days");
        names("week", "week", "weeks");
        names("year", "year", "years", "yr", "yrs");
        names("mph", "mph");
        names("kmh", "kmh", "kph");
        names("square", "square", "sq");
        names("cubic", "cubic", "cu");
        names("unit", "unit", "units");
    }

    private Units() {}

    /** Whether a word is the name of a unit. */
    static boolean isUnit(String word) {
        return NAMES.containsKey(word.toLowerCase(Locale.ROOT));
    }

    /** The canonical name of what stands behind a number, words in any order: {@code square cm} and {@code cm^2} are one. */
    static String canonical(List<Token> tokens) {
        Set<String> words = new TreeSet<>();
        boolean divide = false;
        for (Token token : tokens) {
            switch (token.kind()) {
                case OPERATOR -> divide |= token.text().equals("/");
                case NUMBER -> words.add(token.text().equals("3") ? "cubic" : "square");
                case OPEN, CLOSE -> words.remove("");
                default -> {
                    String word = token.text().toLowerCase(Locale.ROOT);
                    divide |= word.equals("per");
                    if (!word.equals("per")) {
                        words.add((divide ? "/" : "") + name(word));
                    }
                }
            }
        }
        return String.join(" ", words);
    }

    /** Whether two units may mean the same: one is not said, equal, or the words of one are among the other's. */
    static boolean compatible(String gold, String given) {
        if (gold.isEmpty() || given.isEmpty()) {
            return true;
        }
        Set<String> ours = Set.of(gold.split(" "));
        Set<String> theirs = Set.of(given.split(" "));
        boolean measured =
                ours.stream().anyMatch(Units::isMeasure) || theirs.stream().anyMatch(Units::isMeasure);
        return measured ? ours.equals(theirs) : ours.containsAll(theirs) || theirs.containsAll(ours);
    }

    /** Whether the tokens can be a unit: words, with powers and quotients of them. */
    static boolean isPhrase(List<Token> tokens) {
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean power = token.is(Kind.NUMBER)
                    && at >= 2
                    && tokens.get(at - 1).is(Kind.OPERATOR, "^")
                    && (token.text().equals("2") || token.text().equals("3"));
            boolean word =
                    token.is(Kind.WORD) || token.is(Kind.PERCENT) || token.is(Kind.DEGREE) || token.is(Kind.CURRENCY);
            boolean letter = token.is(Kind.LETTER) && isUnit(token.text());
            boolean between = token.is(Kind.OPERATOR) && at < tokens.size() - 1 && "^/*-".contains(token.text());
            if (!power && !word && !letter && !between) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMeasure(String word) {
        return NAMES.containsValue(word.startsWith("/") ? word.substring(1) : word);
    }

    private static String name(String word) {
        String known = NAMES.get(word);
        if (known != null) {
            return known;
        }
        return word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    private static void names(String canonical, String... spellings) {
        for (String spelling : spellings) {
            NAMES.put(spelling, canonical);
        }
    }
}
