package io.jenkins.plugins.cascade.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Action;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.stapler.StaplerResponse2;

/** Nothing of a record leaves without the permission to read the job. */
class PermissionTest {
    /** Public methods that give out nothing of a record. */
    private static final List<String> HARMLESS =
            List.of("getIconFileName", "getDisplayName", "getUrlName", "build", "job", "isLive", "getApi");

    @TempDir
    Path folder;

    private FolderJob job;

    @BeforeEach
    void copyStoredBuilds() throws IOException {
        job = new FolderJob(Builds.stored(1, folder.resolve("builds")));
    }

    private static List<Method> askingMethods(Object object) {
        return Arrays.stream(object.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !HARMLESS.contains(method.getName()))
                .toList();
    }

    private static void call(Object object, Method method, KeptResponse response) throws IllegalAccessException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> type == StaplerResponse2.class ? response : "/jenkins/job/a/")
                .toArray();
        try {
            method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof FolderJob.Denied denied) {
                throw denied;
            }
            throw new AssertionError(method.getName(), e.getCause());
        }
    }

    private List<Object> objects() {
        CascadeBuildAction build = new CascadeBuildAction(job.build(Builds.CHAMPION, true));
        CascadeJobAction trend = new CascadeJobAction(job);
        return List.of(build, trend, build.getApi(), trend.getApi());
    }

    @Test
    void everyMethodAsksForReadingTheJob() throws IllegalAccessException {
        List<String> asked = new ArrayList<>();
        for (Object object : objects()) {
            for (Method method : askingMethods(object)) {
                job.asked.clear();
                call(object, method, new KeptResponse());
                assertTrue(job.askedForRead(), method.toString());
                asked.add(method.getName());
            }
        }
        assertTrue(asked.containsAll(List.of("summary", "report", "doBody", "doReport", "overview", "doJson")));
    }

    @Test
    void whoMayNotReadTheJobGetsNothing() {
        job.deny();
        for (Object object : objects()) {
            for (Method method : askingMethods(object)) {
                KeptResponse response = new KeptResponse();
                assertThrows(FolderJob.Denied.class, () -> call(object, method, response), method.toString());
                assertEquals("", response.content(), method.toString());
            }
        }
    }

    /** Stapler makes an address of a public getter whose class can be routed; only the API is meant to be one. */
    @Test
    void onlyTheApiIsReachedThroughAGetter() {
        for (Class<? extends Action> action : List.of(CascadeBuildAction.class, CascadeJobAction.class)) {
            List<String> getters = Arrays.stream(action.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .filter(method -> method.getName().startsWith("get") && method.getReturnType() != String.class)
                    .map(Method::getName)
                    .toList();
            assertEquals(List.of("getApi"), getters, action.getName());
        }
    }
}
