package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cascade.recipe.LanguageRule;
import io.jenkins.plugins.cascade.recipe.LanguageSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageSwitchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is 2 + 2?|It is 4.|false",
                "What is 2 + 2?|First we add, 然后我们得到 4.|true",
                "What is 2 + 2?|The letter 二 means two.|false",
                "What is 2 + 2?|Пусть x равно двум.|true",
                "What is an angle?|Let α, β, γ and δ be angles; 5 µm; café.|false",
                "2 加 2 等于多少?|等于四, in short: four.|false",
                "2 加 2 等于多少?|四. Это четыре.|true",
                "これは何ですか|これは漢字です|false",
                "Write hello in Chinese with Python.|Here: ```print('你好世界你好')``` done.|false",
                "Write code.|Sure ```print('你好世界你好')|false",
                "Name three.|😀 😀 😀 yes ∑ ∫ → 1 2 3|false",
                "Name three.|''|false"
            })
    void isToldByTheScriptOfTheLettersOutsideOfCode(String prompt, String response, boolean switched) {
        assertEquals(switched, LanguageSwitch.between(prompt, response), response);
    }

    @Test
    void fewForeignLettersInALongAnswerAreNoSwitch() {
        String english = "This is a long English answer. ".repeat(20);

        assertEquals(false, LanguageSwitch.between("Explain.", english + "你好吗"));
        assertEquals(true, LanguageSwitch.between("Explain.", english + "你好吗你好吗你好吗"));
    }

    private static Rollout rollout(String text) {
        return new Rollout(new PromptTask("Say it.", List.of(), new int[] {1}, null), new int[] {3}, text, false);
    }

    private static double[] penalised(LanguageSettings settings) {
        List<Rollout> rollouts = List.of(rollout("yes"), rollout("да да да"), rollout("no"), rollout("нет нет"));
        List<Reward> rewards = List.of(Reward.of(3), Reward.of(5), Reward.of(-2), Reward.missing("gone"));
        return new LanguagePenalty(settings)
                .apply(rollouts, rewards).stream().mapToDouble(Reward::value).toArray();
    }

    @Test
    void theRewardOfASwitchIsFixedOrBelowTheLeastAndAMissingOneStaysMissing() {
        assertArrayEquals(
                new double[] {3, -1, -2, Double.NaN}, penalised(new LanguageSettings(LanguageRule.FIXED, -1)));
        assertArrayEquals(
                new double[] {3, -12, -2, Double.NaN},
                penalised(new LanguageSettings(LanguageRule.BELOW_MINIMUM, -10)));
        assertArrayEquals(new double[] {3, 5, -2, Double.NaN}, penalised(LanguageSettings.OFF));
    }
}
