package io.jenkins.plugins.cascade.track;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mlflow.api.proto.ModelRegistry.CreateModelVersion;
import org.mlflow.api.proto.ModelRegistry.CreateRegisteredModel;
import org.mlflow.api.proto.ModelRegistry.DeleteRegisteredModelAlias;
import org.mlflow.api.proto.ModelRegistry.GetModelVersion;
import org.mlflow.api.proto.ModelRegistry.GetModelVersionByAlias;
import org.mlflow.api.proto.ModelRegistry.ModelVersionTag;
import org.mlflow.api.proto.ModelRegistry.SearchModelVersions;
import org.mlflow.api.proto.ModelRegistry.SetModelVersionTag;
import org.mlflow.api.proto.ModelRegistry.SetRegisteredModelAlias;

/**
 * MLflow's model registry. Every method may be called again after a failure and then has the effect of one call. A thing that is not there
 * is an empty answer where the method has one; everything else that goes wrong is a {@link TrackingException}.
 */
public final class ModelRegistry {
    private static final String ALREADY = "RESOURCE_ALREADY_EXISTS";
    private static final Pattern MODEL = Pattern.compile("[^/:'\"`\\\\\\p{Cntrl}]{1,250}");
    private static final Pattern ALIAS = Pattern.compile("(?![vV]\\d+$)(?!(?i:latest)$)[A-Za-z0-9_-]{1,255}");
    private static final Pattern SOURCE = Pattern.compile("runs:/[0-9a-f]{32}(/[^/\\p{Cntrl}]+)+");
    private static final int MOST_VERSIONS = 100;

    private final MlflowHttp http;

    ModelRegistry(MlflowHttp http) {
        this.http = http;
    }

    /**
     * Registers a model under a name; nothing happens where there is one already.
     *
     * @param name 1 to 250 characters without slash, colon, quotes and backslash
     * @param description for people, in Markdown; used only when the model is made
     */
    public void createModelIfAbsent(String name, String description) throws TrackingException {
        try {
            http.postOnce(
                    "registered-models/create",
                    ProtoJson.print(CreateRegisteredModel.newBuilder()
                            .setName(model(name))
                            .setDescription(description)));
        } catch (TrackingException e) {
            if (e.errorCode().filter(ALREADY::equals).isEmpty()) {
                throw e;
            }
        }
    }

    /**
     * Makes a version of a registered model; where the model has one of the same run and source already, that one is returned, with these
     * tags set.
     *
     * @param name of a registered model
     * @param source {@code runs:/ID/path}: a folder of the run's artifacts
     * @param runId MLflow's id of the run
     * @param description for people, in Markdown; used only when the version is made
     * @param tags of the version; values over 8000 characters are cut, visibly
     */
    public ModelVersion createVersion(
            String name, String source, String runId, String description, Map<String, String> tags)
            throws TrackingException {
        if (!SOURCE.matcher(source).matches()) {
            throw TrackingException.lasting(
                    "A model version's source must be runs:/ID/path, but it is \"" + Answers.printable(source) + "\"",
                    null);
        }
        Optional<ModelVersion> there = versionOf(model(name), source, runId);
        if (there.isPresent()) {
            setTags(name, there.get().version(), tags);
            return version(name, there.get().version()).orElse(there.get());
        }
        CreateModelVersion.Builder request = CreateModelVersion.newBuilder()
                .setName(name)
                .setSource(source)
                .setRunId(runId)
                .setDescription(description);
        tags.forEach((key, value) -> request.addTags(
                ModelVersionTag.newBuilder().setKey(MlflowLimits.name(key)).setValue(MlflowLimits.tag(value))));
        String answer = http.postOnce("model-versions/create", ProtoJson.print(request));
        return version(ProtoJson.parse(http.address(), answer, CreateModelVersion.Response.newBuilder())
                .getModelVersion());
    }

    private Optional<ModelVersion> versionOf(String name, String source, String runId) throws TrackingException {
        String filter = SearchFilter.all(SearchFilter.equal("name", name), SearchFilter.equal("run_id", runId));
        String answer = http.get(
                "model-versions/search", Map.of("filter", filter, "max_results", String.valueOf(MOST_VERSIONS)));
        return ProtoJson.parse(http.address(), answer, SearchModelVersions.Response.newBuilder())
                .getModelVersionsList()
                .stream()
                .filter(version -> version.getSource().equals(source))
                .findFirst()
                .map(ModelRegistry::version);
    }

    /** A version by its number; empty when there is none. */
    public Optional<ModelVersion> version(String name, String version) throws TrackingException {
        Optional<String> answer = found("model-versions/get", Map.of("name", model(name), "version", version));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        version(ProtoJson.parse(http.address(), answer.get(), GetModelVersion.Response.newBuilder())
                                .getModelVersion()));
    }

    /** The version that an alias points to; empty when there is no such model or alias. */
    public Optional<ModelVersion> versionByAlias(String name, String alias) throws TrackingException {
        Optional<String> answer = found("registered-models/alias", Map.of("name", model(name), "alias", alias(alias)));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(version(
                        ProtoJson.parse(http.address(), answer.get(), GetModelVersionByAlias.Response.newBuilder())
                                .getModelVersion()));
    }

    private Optional<String> found(String call, Map<String, String> query) throws TrackingException {
        try {
            return Optional.of(http.get(call, query));
        } catch (TrackingException e) {
            // MLflow answers INVALID_PARAMETER_VALUE for a model that has no such alias.
            boolean noAlias =
                    e.errorCode().filter("INVALID_PARAMETER_VALUE"::equals).isPresent()
                            && e.getMessage().contains("not found");
            if (e.isNotFound() || noAlias) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Lets an alias point to a version; a version that had it loses it.
     *
     * @param alias letters, digits, {@code _} and {@code -}; not {@code latest} and not {@code v} with a number
     */
    public void setAlias(String name, String alias, String version) throws TrackingException {
        http.postIdempotent(
                "registered-models/alias",
                ProtoJson.print(SetRegisteredModelAlias.newBuilder()
                        .setName(model(name))
                        .setAlias(alias(alias))
                        .setVersion(version)));
    }

    /** Takes an alias away; nothing happens where there is none. */
    public void deleteAlias(String name, String alias) throws TrackingException {
        try {
            http.deleteIdempotent(
                    "registered-models/alias",
                    ProtoJson.print(DeleteRegisteredModelAlias.newBuilder()
                            .setName(model(name))
                            .setAlias(alias(alias))));
        } catch (TrackingException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** Sets tags of a version; the last value stays; values over 8000 characters are cut, visibly. */
    public void setTags(String name, String version, Map<String, String> tags) throws TrackingException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            http.postIdempotent(
                    "model-versions/set-tag",
                    ProtoJson.print(SetModelVersionTag.newBuilder()
                            .setName(model(name))
                            .setVersion(version)
                            .setKey(MlflowLimits.name(tag.getKey()))
                            .setValue(MlflowLimits.tag(tag.getValue()))));
        }
    }

    private static String model(String name) throws TrackingException {
        if (!MODEL.matcher(name).matches() || name.isBlank()) {
            throw TrackingException.lasting(
                    "A registered model cannot be called \"" + Answers.printable(name)
                            + "\": use 1 to 250 characters without slash, colon, quotes and backslash",
                    null);
        }
        return name;
    }

    private static String alias(String alias) throws TrackingException {
        if (!ALIAS.matcher(alias).matches()) {
            throw TrackingException.lasting(
                    "An alias cannot be called \"" + Answers.printable(alias)
                            + "\": use letters, digits, _ and -, but not latest and not v with a number",
                    null);
        }
        return alias;
    }

    private static ModelVersion version(org.mlflow.api.proto.ModelRegistry.ModelVersion version) {
        Map<String, String> tags = new HashMap<>();
        version.getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return new ModelVersion(
                version.getName(),
                version.getVersion(),
                version.getSource(),
                version.getRunId(),
                tags,
                version.getAliasesList());
    }
}
