package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** IFEval's 25 instruction types by their ids. */
final class IfEvalTypes {

    static final Map<String, InstructionType> TYPES = new LinkedHashMap<>();

    static {
        type("keywords:existence", KeywordInstructions::existence, "keywords");
        type("keywords:frequency", KeywordInstructions::frequency, "keyword", "frequency", "relation");
        type("keywords:forbidden_words", KeywordInstructions::forbiddenWords, "forbidden_words");
        type(
                "keywords:letter_frequency",
                KeywordInstructions::letterFrequency,
                "letter",
                "let_frequency",
                "let_relation");
        type("language:response_language", CaseInstructions::responseLanguage, "language");
        type("length_constraints:number_sentences", LengthInstructions::sentences, "num_sentences", "relation");
        type("length_constraints:number_paragraphs", LengthInstructions::paragraphs, "num_paragraphs");
        type("length_constraints:number_words", LengthInstructions::words, "num_words", "relation");
        type(
                "length_constraints:nth_paragraph_first_word",
                LengthInstructions::firstWordOfParagraph,
                "num_paragraphs",
                "nth_paragraph",
                "first_word");
        type("detectable_content:number_placeholders", FormatInstructions::placeholders, "num_placeholders");
        type("detectable_content:postscript", FormatInstructions::postscript, "postscript_marker");
        type("detectable_format:number_bullet_lists", FormatInstructions::bullets, "num_bullets");
        type("detectable_format:constrained_response", FormatInstructions::constrainedResponse);
        type("detectable_format:number_highlighted_sections", FormatInstructions::highlights, "num_highlights");
        type("detectable_format:multiple_sections", FormatInstructions::sections, "section_spliter", "num_sections");
        type("detectable_format:json_format", FormatInstructions::json);
        type("detectable_format:title", FormatInstructions::title);
        type("combination:two_responses", FrameInstructions::twoResponses);
        type("combination:repeat_prompt", FrameInstructions::repeatPrompt, "prompt_to_repeat");
        type("startend:end_checker", FrameInstructions::end, "end_phrase");
        type("startend:quotation", FrameInstructions::quotation);
        type(
                "change_case:capital_word_frequency",
                CaseInstructions::capitalWords,
                "capital_frequency",
                "capital_relation");
        type("change_case:english_capital", CaseInstructions::englishCapital);
        type("change_case:english_lowercase", CaseInstructions::englishLowercase);
        type("punctuation:no_comma", FrameInstructions::noComma);
    }

    private IfEvalTypes() {}

    private static void type(String id, Function<Arguments, Instruction> factory, String... names) {
        TYPES.put(id, new InstructionType(factory, Set.of(names)));
    }
}
