package io.jenkins.plugins.cascade.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stages that a build accepted so far, in their order, and the names of those that run: who builds on whom, and which is the anchor.
 * A stage that was accepted may begin once more, as a block of several stages is when it is retried; it keeps its place and its parent.
 */
final class AcceptedStages {
    private final List<AcceptedStage> accepted;
    private final Map<String, StageRequest> asked = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /**
     * The stages of a build.
     *
     * @param earlier those that an earlier process of the build accepted
     */
    AcceptedStages(List<AcceptedStage> earlier) {
        accepted = new ArrayList<>(earlier);
    }

    /**
     * Begins a stage.
     *
     * @return its parent, null for none
     * @throws StageException when another stage has its name, or its parent is not known
     */
    synchronized AcceptedStage begin(StageRequest request) throws StageException {
        Optional<AcceptedStage> earlier = stage(request.name());
        boolean another = earlier.isPresent() && !request.equals(asked.getOrDefault(request.name(), request));
        if (another || running.contains(request.name())) {
            throw new StageException(twice(request.name()));
        }
        String before = earlier.map(stage -> stage.record().parent()).orElse(null);
        AcceptedStage parent = before == null ? parent(request, earlier.isPresent()) : parentOf(request, before);
        running.add(request.name());
        asked.put(request.name(), request);
        return parent;
    }

    /** Begins a stage that an earlier process began; it keeps the parent that it had then. */
    synchronized AcceptedStage beginAgain(StageRequest request, StageEntry entry) throws StageException {
        if (!running.add(request.name())) {
            throw new StageException(twice(request.name()));
        }
        return entry.parent() == null ? null : parentOf(request, entry.parent());
    }

    /** What is said of a name that two different stages of a build have. */
    static String twice(String name) {
        return "There are two stages named '" + name + "' in this build; give one of them another name";
    }

    /** A stage does not run any more. */
    synchronized void end(String name) {
        running.remove(name);
    }

    /** A stage was accepted, or once more. */
    synchronized void accept(AcceptedStage stage) {
        int place = accepted.indexOf(stage(stage.name()).orElse(null));
        if (place < 0) {
            accepted.add(stage);
        } else {
            accepted.set(place, stage);
        }
    }

    /** The accepted stage of a name. */
    synchronized Optional<AcceptedStage> stage(String name) {
        return accepted.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /**
     * The same where there must be one.
     *
     * @param what the name is, for the message
     * @throws StageException when there is none
     */
    AcceptedStage named(String name, String what) throws StageException {
        return stage(name)
                .orElseThrow(() -> new StageException(
                        "The " + what + " is '" + name + "', but no stage of that name was accepted in this build"));
    }

    /** The one that was accepted last. */
    synchronized Optional<AcceptedStage> last() {
        return accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.get(accepted.size() - 1));
    }

    /** The first one without a parent, null for none. */
    synchronized AcceptedStage anchor() {
        return accepted.stream()
                .filter(stage -> stage.record().parent() == null)
                .findFirst()
                .orElse(null);
    }

    /**
     * What a list of baselines may name.
     *
     * @param parent of the stage that is judged, null for none
     * @param who is judged, for messages
     */
    Baselines.Stages asBaselinesOf(AcceptedStage parent, String who) {
        return new Baselines.Stages() {
            @Override
            public AcceptedStage parent() {
                return parent;
            }

            @Override
            public AcceptedStage anchor() {
                return AcceptedStages.this.anchor();
            }

            @Override
            public AcceptedStage named(String name) throws StageException {
                return AcceptedStages.this.named(name, "baseline of the " + who);
            }
        };
    }

    /** The parent of a stage; one that begins once more had none where its record names none. */
    private AcceptedStage parent(StageRequest request, boolean again) throws StageException {
        if (request.parent() != null) {
            return parentOf(request, request.parent());
        }
        return again || request.model() != null ? null : last().orElse(null);
    }

    private AcceptedStage parentOf(StageRequest request, String parent) throws StageException {
        return named(parent, "parent of the stage '" + request.name() + "'");
    }
}
