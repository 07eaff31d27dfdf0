package io.jenkins.plugins.cascade.gate;

/**
 * One of the planned looks at the evidence. The number of looks is fixed before the first one; each spends an equal part of alpha.
 *
 * @param number 1 for the first look
 * @param planned how many looks were planned
 * @param alpha error rate spent at this look: the policy's alpha divided by the planned looks and by the candidates
 */
public record Look(int number, int planned, double alpha) {

    /** Checks that the look was planned. */
    public Look {
        if (number < 1 || number > planned) {
            throw new IllegalArgumentException("Look " + number + " was not planned: the policy allows " + planned
                    + ". Do not test again until it passes; plan the looks before the first one.");
        }
    }

    /** True when another look was planned. */
    public boolean hasNext() {
        return number < planned;
    }

    /** Samples per item that this look needs on both sides, twice as many at every further look. */
    public int samplesPerItem(int atFirstLook) {
        return Math.multiplyExact(atFirstLook, 1 << (number - 1));
    }
}
