package io.jenkins.plugins.cascade.steps.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.cascade.stage.StageSite.Piece;
import io.jenkins.plugins.cascade.stage.StageSite.Want;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Touches a file and brings pieces of others, in one round trip.
 *
 * @param wants what is wanted
 * @param touch what is touched; null for nothing
 */
record FetchPieces(ArrayList<Want> wants, String touch) implements ControllerToAgentFileCallable<List<Piece>> {
    @Override
    public List<Piece> invoke(File root, VirtualChannel channel) throws IOException {
        SiteFolder folder = new SiteFolder(root.toPath());
        if (touch != null) {
            folder.touch(touch);
        }
        return folder.fetch(wants);
    }
}
