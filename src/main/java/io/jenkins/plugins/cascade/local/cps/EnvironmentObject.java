package io.jenkins.plugins.cascade.local.cps;

import groovy.lang.GroovyObjectSupport;
import java.util.Map;

/** The {@code env} of a Jenkinsfile. */
public final class EnvironmentObject extends GroovyObjectSupport {
    @Override
    public Object getProperty(String name) {
        return name.equals("environment")
                ? getEnvironment()
                : CurrentContext.get().variable(name);
    }

    /** Sets a variable for the rest of the build; null removes it. Blocks such as {@code withEnv} still hide it, as in Jenkins. */
    @Override
    public void setProperty(String name, Object value) {
        Map<String, String> set = CurrentContext.get().build().state().environment();
        if (value == null) {
            set.remove(name);
        } else {
            set.put(name, String.valueOf(value));
        }
    }

    /** All variables. */
    public Map<String, String> getEnvironment() {
        return CurrentContext.get().environment();
    }
}
