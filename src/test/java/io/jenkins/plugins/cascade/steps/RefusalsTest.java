package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a build and a form say when an argument is refused. */
class RefusalsTest {
    private static final RefusedArgumentException REFUSED =
            assertThrows(RefusedArgumentException.class, () -> new CascadeSftStep("sft.jsonl").setSteps(0));

    private static IllegalArgumentException wrapped(Throwable cause) {
        return new IllegalArgumentException("Could not instantiate {steps=0} for a class: " + cause, cause);
    }

    @Test
    void theSentenceOfASetterIsFoundUnderWhatReflectionAndJenkinsWrapAroundIt() {
        Throwable bound = wrapped(wrapped(new InvocationTargetException(REFUSED)));
        assertEquals(Optional.of("steps must be at least 1, but is 0"), Refusals.sentence(bound, Locale.ROOT));
        assertEquals(
                Optional.of("steps muss mindestens 1 sein, ist aber 0"),
                Refusals.sentence(new LinkageError("Failed to instantiate", bound), Locale.GERMAN));
    }

    @Test
    void theSentenceOfAnUnknownArgumentIsKept() {
        IllegalArgumentException unknown = new IllegalArgumentException("gate has no argument 'marging'");
        assertEquals(Optional.of("gate has no argument 'marging'"), Refusals.sentence(wrapped(unknown), Locale.ROOT));
    }

    @Test
    void aValueOfAWrongTypeIsLeftToJenkins() {
        Throwable wrong = wrapped(new ClassCastException("steps expects class Integer but received class List"));
        assertEquals(Optional.empty(), Refusals.sentence(wrong, Locale.ROOT));
    }

    @Test
    void aFormShowsTheSentenceAlone() {
        StringWriter shown = new StringWriter();
        new RefusedFormException("data must not be empty", REFUSED).printStackTrace(new PrintWriter(shown, true));
        assertEquals("data must not be empty", shown.toString().strip());
    }
}
