package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build put into a model registry, as the record keeps it and the report shows it. */
class PromotionSectionTest {
    private static final CascadeRecord BUILD = CascadeRecord.started("nightly", 7, "2026-11-24T19:00:00Z");

    @TempDir
    Path folder;

    @Test
    void showsNothingWhereNothingWasPromoted() {
        assertEquals(List.of(), PromotionSection.of(BUILD));
    }

    @Test
    void showsTheReasonAndEscapesIt() {
        String text = PromotionSection.of(BUILD.withPromotion(promotion("<script>alert(1)</script>")))
                .get(0)
                .toString();
        assertTrue(text.contains("math is version 3 of assistant; champion points to it, before it version 2"), text);
        assertTrue(text.contains("Not accepted by a gate: no gate has judged it. Reason given: &lt;script&gt;"), text);
        assertFalse(text.contains("<script>"), text);
    }

    @Test
    void keepsTheLastPromotionOfAModelAndAnAlias() throws Exception {
        CascadeRecord twice = BUILD.withPromotion(promotion("first")).withPromotion(promotion("second"));
        CascadeFile.write(twice, folder.resolve(CascadeFile.NAME));
        assertEquals(
                List.of(promotion("second")),
                CascadeFile.read(folder.resolve(CascadeFile.NAME)).promotions());
    }

    private static PromotionRecord promotion(String reason) {
        return new PromotionRecord(
                "assistant",
                "3",
                "champion",
                "math",
                "sha256:" + "0".repeat(64),
                "0".repeat(32),
                "2",
                reason,
                "no gate has judged it",
                "2026-11-24T19:30:00Z");
    }
}
