package io.jenkins.plugins.cascade.steps;

import com.cloudbees.plugins.credentials.common.AbstractIdCredentialsListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/** The credentials that MLflow takes, as forms offer them: a user name with password, or a secret text. */
final class OfferedCredentials {
    private OfferedCredentials() {}

    /**
     * The credentials to choose from. Whoever may not use them sees only what is chosen already.
     *
     * @param item the job of the form; null in the global configuration
     * @param url address of the server, which credentials can be bound to; may be blank
     * @param current the chosen id; may be blank
     */
    static ListBoxModel offered(Item item, String url, String current) {
        String chosen = current == null ? "" : current;
        StandardListBoxModel none = new StandardListBoxModel();
        return FormAccess.mayChooseCredentials(item)
                ? found(item, url).includeCurrentValue(chosen)
                : none.includeCurrentValue(chosen);
    }

    /** Whether the chosen credential is there and fits. */
    static FormValidation check(Item item, String url, String id) {
        if (!FormAccess.mayChooseCredentials(item) || Given.text(id) == null) {
            return FormValidation.ok();
        }
        boolean there = found(item, url).stream().anyMatch(option -> option.value.equals(id));
        return there ? FormValidation.ok() : FormValidation.error(Wording.forReader("noCredential", id));
    }

    private static AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> found(
            Item item, String url) {
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeAs(user(item), item, StandardUsernamePasswordCredentials.class, server(url))
                .includeAs(user(item), item, StringCredentials.class, server(url));
    }

    /** As whom the job's builds look for credentials. */
    private static Authentication user(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private static List<DomainRequirement> server(String url) {
        return URIRequirementBuilder.fromUri(Given.text(url)).build();
    }
}
