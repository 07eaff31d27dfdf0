package io.jenkins.plugins.cascade.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import jenkins.model.Jenkins;

/** Who may use the methods behind a form. The forms are shown for a job, and for the whole of Jenkins where there is none. */
final class FormAccess {
    private FormAccess() {}

    /** Whether the words that a field offers may be listed: everybody who sees the page, because they are in the documentation too. */
    static boolean maySee(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.READ) : item.hasPermission(Item.READ);
    }

    /** Whether a value may be checked: whoever may read the job's configuration. */
    static boolean mayCheck(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }

    /** Whether credentials may be listed: whoever may read the job's configuration, or use its credentials. */
    static boolean mayChooseCredentials(Item item) {
        return mayCheck(item) || item != null && item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
