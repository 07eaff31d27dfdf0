package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.binding.Argument;
import io.jenkins.plugins.cascade.local.binding.Signature;
import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.build.StepFailedException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code withEnv}: runs a block with more environment variables. */
final class WithEnvStep implements LocalStep {
    private static final Type LIST_OF_STRINGS = new ListOfStrings();

    @Override
    public Signature signature() {
        return new Signature("withEnv", List.of(Argument.required("overrides", LIST_OF_STRINGS)), true);
    }

    @Override
    public Object run(StepArguments arguments, StepContext context) throws Exception {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (Object override : arguments.get("overrides", List.class, List.of())) {
            String text = String.valueOf(override);
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new StepFailedException("withEnv: expected NAME=VALUE but got \"" + text + "\"");
            }
            overrides.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return arguments.body().run(Variables.override(context, overrides));
    }

    private record ListOfStrings() implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {String.class};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }
}
