package io.jenkins.plugins.cascade.report;

import java.util.List;

/** What a build put into a model registry, with the reason where no gate had accepted it. */
final class PromotionSection {
    private static final int LONGEST = 250;

    private PromotionSection() {}

    /** The section; nothing where nothing was promoted. */
    static List<Markup> of(CascadeRecord cascade) {
        if (cascade.promotions().isEmpty()) {
            return List.of();
        }
        Markup list = Markup.of("ul");
        cascade.promotions().forEach(promotion -> list.add(Markup.text("li", sentence(promotion))));
        return List.of(Markup.of("section")
                .attr("id", "promotions")
                .add(Markup.text("h2", "Promotions"))
                .add(list));
    }

    /** A text as it can stand before a full stop. */
    private static String plain(String text) {
        return text == null ? "none" : text.replaceAll("\\.$", "");
    }

    private static String sentence(PromotionRecord promotion) {
        String before = promotion.before() == null ? "" : ", before it version " + promotion.before();
        String reason = promotion.missing() == null
                ? "."
                : ". Not accepted by a gate: " + plain(promotion.missing()) + ". Reason given: "
                        + plain(promotion.reason()) + ".";
        return PlainText.cut(promotion.stage(), LONGEST) + " is version " + promotion.version() + " of "
                + PlainText.cut(promotion.model(), LONGEST) + "; " + promotion.alias() + " points to it" + before
                + reason;
    }
}
