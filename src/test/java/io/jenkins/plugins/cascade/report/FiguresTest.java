package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0.834, 83.4", "0, 0.0", "1, 100.0", "NaN, –", "Infinity, –", "1e200, –"})
    void writesScoresInPerCent(double fraction, String text) {
        assertEquals(text, Figures.percent(fraction));
    }

    @ParameterizedTest
    @CsvSource({"0.012, +1.2", "-0.207, −20.7", "0.0004, 0.0", "-0.0004, 0.0", "0, 0.0", "NaN, –"})
    void writesDifferencesWithASign(double fraction, String text) {
        assertEquals(text, Figures.points(fraction));
    }

    @ParameterizedTest
    @CsvSource({"0.03, 3", "0.015, 1.5", "0.0125, 1.25", "0.1, 10", "NaN, –"})
    void writesMarginsAsShortAsPossible(double fraction, String text) {
        assertEquals(text, Figures.margin(fraction));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.41987, 0.42",
        "2, 2",
        "650, 650",
        "1234.4, 1234",
        "20000, 20000",
        "0.0015, 1.5e−3",
        "-0.0092601, −9.3e−3",
        "2e-6, 2e−6",
        "1e7, 1e7",
        "-0.5, −0.5",
        "NaN, –"
    })
    void writesAnyValueWithThreeDigits(double value, String text) {
        assertEquals(text, Figures.value(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59.4, 59 s",
        "59.6, 1 min 00 s",
        "185, 3 min 05 s",
        "7620, 2 h 07 min",
        "360000, 100 h 00 min"
    })
    void writesTimes(double seconds, String text) {
        assertEquals(text, Figures.duration(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1000, 1.0 K", "410000, 410 K", "999999, 1.0 M", "3200000000, 3.2 G"})
    void writesCounts(double count, String text) {
        assertEquals(text, Figures.count(count));
    }

    @ParameterizedTest
    @CsvSource({"0.05, 95 %", "0.0166667, 98.3 %"})
    void writesTheLevelOfABound(double alpha, String text) {
        assertEquals(text, Figures.level(alpha));
    }

    @Test
    void ticksAreRoundAndInsideTheRange() {
        assertEquals(List.of(60.0, 70.0, 80.0, 90.0), new Scale(57, 92, 0, 1).ticks(4));
        assertEquals(
                List.of(-0.2, -0.1, 0.0, 0.1),
                new Scale(-0.21, 0.15, 0, 1)
                        .ticks(4).stream()
                                .map(tick -> Math.rint(tick * 1e9) / 1e9 + 0.0)
                                .toList());
    }

    @Test
    void aScaleNeedsARange() {
        assertThrows(IllegalArgumentException.class, () -> new Scale(1, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Scale(Double.NaN, 1, 0, 1));
        assertEquals(0.5, Scale.over(3, 3, 1, 0, 1).at(3));
    }

    @Test
    void aCoordinateMustBeFinite() {
        assertThrows(IllegalArgumentException.class, () -> Markup.of("line").attr("x1", Double.NaN));
        assertEquals(
                "<line x1=\"0\" x2=\"12.35\"/>",
                Markup.of("line").attr("x1", -0.001).attr("x2", 12.3456).toString());
    }
}
