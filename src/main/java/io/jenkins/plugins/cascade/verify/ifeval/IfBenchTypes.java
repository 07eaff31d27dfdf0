package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** 56 of IFBench's 58 instruction types (arXiv 2507.02833) by their ids. */
final class IfBenchTypes {

    static final Map<String, InstructionType> TYPES = new LinkedHashMap<>();

    static {
        type("count:word_count_range", CountInstructions::wordRange, "min_words", "max_words");
        type("count:unique_word_count", CountInstructions::uniqueWords, "N");
        type("count:conjunctions", CountInstructions::conjunctions, "small_n");
        type("count:person_names", CountInstructions::personNames, "N");
        type("count:numbers", CountInstructions::numbers, "N");
        type("count:punctuation", CountInstructions::punctuation);
        type("count:words_japanese", CountInstructions::japaneseWords, "N");
        type("count:pronouns", CountInstructions::pronouns, "N");
        type(
                "count:keywords_multiple",
                CountInstructions::keywords,
                "keyword1",
                "keyword2",
                "keyword3",
                "keyword4",
                "keyword5");
        type("ratio:stop_words", CountInstructions::stopWords, "percentage");
        type("ratio:overlap", CountInstructions::overlap, "reference_text", "percentage");
        type("ratio:sentence_type", SentenceInstructions::twoToOne);
        type("ratio:sentence_balance", SentenceInstructions::balance);
        type("ratio:sentence_words", SentenceInstructions::threeOfOneLength);
        type("sentence:alliteration_increment", SentenceInstructions::alliteration);
        type("sentence:keyword", SentenceInstructions::keyword, "word", "N");
        type("sentence:increment", SentenceInstructions::increment, "small_n");
        type("words:alphabet", WordInstructions::alphabet);
        type("words:vowel", WordInstructions::vowels);
        type("words:consonants", WordInstructions::consonants);
        type("words:palindrome", WordInstructions::palindromes);
        type("words:prime_lengths", WordInstructions::primeLengths);
        type("words:repeats", WordInstructions::repeats, "small_n");
        type("words:last_first", WordInstructions::lastFirst);
        type("words:paragraph_last_first", WordInstructions::paragraphLastFirst);
        type("words:no_consecutive", WordInstructions::noConsecutive);
        type("words:keywords_specific_position", WordInstructions::keywordAt, "keyword", "n", "m");
        type("words:words_position", WordInstructions::secondAndLastButOne, "keyword");
        type("format:parentheses", LayoutInstructions::parentheses);
        type("format:quotes", LayoutInstructions::quotes);
        type("format:options", LayoutInstructions::options, "options");
        type("format:newline", LayoutInstructions::newlines);
        type("format:emoji", SentenceInstructions::emoji);
        type("format:line_indent", LayoutInstructions::stairs);
        type("format:quote_unquote", LayoutInstructions::quoteExplanation);
        type("format:list", LayoutInstructions::list, "sep");
        type("format:thesis", LayoutInstructions::thesis);
        type("format:sub-bullets", LayoutInstructions::subBullets);
        type("format:no_bullets_bullets", LayoutInstructions::sentencesThenBullets);
        type("format:title_case", LayoutInstructions::titleCase);
        type("format:output_template", LayoutInstructions::template);
        type("format:no_whitespace", LayoutInstructions::noWhitespace);
        type("repeat:repeat_change", RepeatInstructions::changed, "prompt_to_repeat");
        type("repeat:repeat_simple", RepeatInstructions::simple);
        type("repeat:repeat_span", RepeatInstructions::span, "prompt_to_repeat", "n_start", "n_end");
        type("custom:multiples", CustomInstructions::multiples);
        type("custom:mcq_count_length", CustomInstructions::multipleChoice);
        type("custom:reverse_newline", CustomInstructions::africanCountries);
        type("custom:word_reverse", CustomInstructions::wordsReversed);
        type("custom:character_reverse", CustomInstructions::charactersReversed);
        type("custom:sentence_alphabet", SentenceInstructions::alphabet);
        type("custom:european_capitals_sort", CustomInstructions::europeanCapitals);
        type("custom:csv_city", TableInstructions::cities);
        type("custom:csv_special_character", TableInstructions::specialCharacter);
        type("custom:csv_quotes", TableInstructions::quoted);
        type("custom:date_format_list", CustomInstructions::dates);
    }

    private IfBenchTypes() {}

    private static void type(String id, Function<Arguments, Instruction> factory, String... names) {
        TYPES.put(id, new InstructionType(factory, Set.of(names)));
    }
}
