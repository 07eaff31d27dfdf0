package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.LongUnaryOperator;

/** Seeds libtorch's generator before a mask is drawn: the masks of a pass depend on its number alone, also when a layer is computed again. */
interface DropoutSeeds {
    /** Where nothing is drawn. */
    DropoutSeeds NONE = layer -> {};

    /** @param layer that is computed next */
    void before(int layer);

    static DropoutSeeds of(LongUnaryOperator seedOfLayer) {
        return layer -> JniUtils.setSeed(seedOfLayer.applyAsLong(layer));
    }
}
