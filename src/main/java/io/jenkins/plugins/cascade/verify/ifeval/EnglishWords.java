package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.Set;

/** Closed classes of English words that IFBench counts, in small letters. */
final class EnglishWords {

    static final Set<String> CONJUNCTIONS = Set.of("and", "but", "for", "nor", "or", "so", "yet");

    static final Set<String> PRONOUNS = set(
            "i me we us you he him she her it they them my mine our ours your yours his hers its "
                    + "their theirs myself ourselves yourself yourselves himself herself itself themselves this that these those who "
                    + "whom whose which what whoever whomever whatever whichever anybody anyone anything everybody everyone "
                    + "everything nobody nothing somebody someone something each either neither both all some any none");

    /** The English stop words of NLTK's corpus that hold no apostrophe; the others never match a word of letters alone. */
    static final Set<String> STOP_WORDS =
            set("i me my myself we our ours ourselves you your yours yourself yourselves he him his "
                    + "himself she her hers herself it its itself they them their theirs themselves what which who whom this that "
                    + "these those am is are was were be been being have has had having do does did doing a an the and but if or "
                    + "because as until while of at by for with about against between into through during before after above below "
                    + "to from up down in out on off over under again further then once here there when where why how all any both "
                    + "each few more most other some such no nor not only own same so than too very s t can will just don should now "
                    + "d ll m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma mightn mustn needn shan shouldn wasn weren "
                    + "won wouldn");

    private EnglishWords() {}

    private static Set<String> set(String words) {
        return Set.of(words.split(" "));
    }
}
