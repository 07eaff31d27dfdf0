package io.jenkins.plugins.cascade.verify.math;

import io.jenkins.plugins.cascade.verify.math.Token.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What LaTeX commands, symbols and words of the answer grammar mean. */
final class Vocabulary {

    static final Set<String> FUNCTIONS = Set.of(
            "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log",
            "lg", "exp");

    /** Commands whose braces hold text. */
    static final Set<String> TEXT_COMMANDS =
            Set.of("text", "textbf", "textit", "textrm", "textnormal", "mbox", "operatorname");

    /** Commands whose braces hold letters in another type face. */
    static final Set<String> FONT_COMMANDS = Set.of("mathrm", "mathbf", "mathit", "mathsf", "mathcal", "bf", "rm");

    static final Set<String> IGNORED = Set.of(
            "left",
            "right",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "displaystyle",
            "textstyle",
            "quad",
            "qquad",
            "limits",
            "boxed",
            "fbox",
            "angle",
            "triangle",
            "hspace",
            "space",
            "thinspace",
            "nobreak");

    private static final Set<String> GREEK = Set.of(
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "vartheta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "varphi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "ell");

    private static final Map<String, Token> COMMANDS = new HashMap<>();
    private static final Map<Character, Token> SYMBOLS = new HashMap<>();

    static {
        for (String name : GREEK) {
            COMMANDS.put(name, token(Kind.LETTER, name));
        }
        for (String name : FUNCTIONS) {
            COMMANDS.put(name, token(Kind.FUNCTION, name));
        }
        for (String name : new String[] {"frac", "dfrac", "tfrac", "cfrac"}) {
            COMMANDS.put(name, token(Kind.COMMAND, "frac"));
        }
        for (String name : new String[] {"binom", "dbinom", "tbinom"}) {
            COMMANDS.put(name, token(Kind.COMMAND, "binom"));
        }
        command("sqrt", Kind.COMMAND, "sqrt");
        command("pi", Kind.CONSTANT, "pi");
        command("infty", Kind.CONSTANT, "inf");
        command("emptyset", Kind.WORD, "emptyset");
        command("varnothing", Kind.WORD, "emptyset");
        command("cdot", Kind.OPERATOR, "*");
        command("times", Kind.OPERATOR, "*");
        command("ast", Kind.OPERATOR, "*");
        command("div", Kind.OPERATOR, "/");
        command("pm", Kind.PLUS_MINUS, "+");
        command("mp", Kind.PLUS_MINUS, "-");
        relations("<=", "le", "leq", "leqslant", "leqq");
        relations(">=", "ge", "geq", "geqslant", "geqq");
        relations("<", "lt");
        relations(">", "gt");
        relations("!=", "ne", "neq");
        relations("~", "approx", "sim", "simeq");
        relations("in", "in");
        command("cup", Kind.UNION, "u");
        command("lfloor", Kind.OPEN, "floor");
        command("rfloor", Kind.CLOSE, "floor");
        command("lceil", Kind.OPEN, "ceil");
        command("rceil", Kind.CLOSE, "ceil");
        command("mid", Kind.BAR, "|");
        command("vert", Kind.BAR, "|");
        command("lvert", Kind.BAR, "|");
        command("rvert", Kind.BAR, "|");
        command("degree", Kind.DEGREE, "deg");
        command("setminus", Kind.OTHER, "setminus");
        command("lbrace", Kind.OPEN, "\\{");
        command("rbrace", Kind.CLOSE, "\\}");
        symbol("+", Kind.OPERATOR, "+");
        symbol("-−–", Kind.OPERATOR, "-");
        symbol("*×·⋅∗", Kind.OPERATOR, "*");
        symbol("/÷", Kind.OPERATOR, "/");
        symbol("^", Kind.OPERATOR, "^");
        symbol("_", Kind.OPERATOR, "_");
        symbol("!", Kind.OPERATOR, "!");
        symbol("±", Kind.PLUS_MINUS, "+");
        symbol("(", Kind.OPEN, "(");
        symbol(")", Kind.CLOSE, ")");
        symbol("[", Kind.OPEN, "[");
        symbol("]", Kind.CLOSE, "]");
        symbol("{", Kind.OPEN, "{");
        symbol("}", Kind.CLOSE, "}");
        symbol("|", Kind.BAR, "|");
        symbol(",;", Kind.COMMA, ",");
        symbol("=", Kind.RELATION, "=");
        symbol("<", Kind.RELATION, "<");
        symbol(">", Kind.RELATION, ">");
        symbol("≤", Kind.RELATION, "<=");
        symbol("≥", Kind.RELATION, ">=");
        symbol("≠", Kind.RELATION, "!=");
        symbol("≈", Kind.RELATION, "~");
        symbol("∈", Kind.RELATION, "in");
        symbol("∪", Kind.UNION, "u");
        symbol("&", Kind.CELL, "&");
        symbol("%", Kind.PERCENT, "%");
        symbol("°", Kind.DEGREE, "deg");
        symbol("€", Kind.CURRENCY, "eur");
        symbol("£", Kind.CURRENCY, "gbp");
        symbol("¥", Kind.CURRENCY, "jpy");
        symbol("π", Kind.CONSTANT, "pi");
        symbol("∞", Kind.CONSTANT, "inf");
        symbol("√", Kind.COMMAND, "sqrt");
        symbol("∅", Kind.WORD, "emptyset");
        symbol(":", Kind.OTHER, ":");
        symbol("'", Kind.OTHER, "'");
        symbol(".", Kind.OTHER, ".");
        symbol("?", Kind.OTHER, "?");
    }

    private Vocabulary() {}

    /** What a LaTeX command without its backslash means; null if nothing here. */
    static Token command(String name) {
        return COMMANDS.get(name);
    }

    /** What one character means; null if nothing here. */
    static Token symbol(char character) {
        return SYMBOLS.get(character);
    }

    private static void command(String name, Kind kind, String text) {
        COMMANDS.put(name, token(kind, text));
    }

    private static void relations(String text, String... names) {
        for (String name : names) {
            command(name, Kind.RELATION, text);
        }
    }

    private static void symbol(String characters, Kind kind, String text) {
        for (char character : characters.toCharArray()) {
            SYMBOLS.put(character, token(kind, text));
        }
    }

    private static Token token(Kind kind, String text) {
        return new Token(kind, text, false);
    }
}
