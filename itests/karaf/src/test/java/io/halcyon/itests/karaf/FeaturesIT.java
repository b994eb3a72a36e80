package io.halcyon.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Every feature can be installed alone into a container that has none, and be removed again without a trace. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesIT {

    private static final EnumSet<FeaturesService.Option> PLAIN = EnumSet.noneOf(FeaturesService.Option.class);

    @Inject
    private FeaturesService features;

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] container() {
        return Container.options(
                "features", editConfigurationFilePut("etc/org.apache.karaf.features.cfg", "featuresBoot", ""));
    }

    @Test
    public void eachComesAndGoes() throws Exception {
        var before = bundles();
        assertEquals("nothing of ours to begin with", List.of(), ours());
        var seen = new ArrayList<String>();
        for (Feature feature : features.getRepository("halcyon-features").getFeatures()) {
            var name = feature.getName();
            features.installFeature(name, PLAIN);
            assertEquals("what " + name + " cannot start", List.of(), broken());
            assertTrue(name + " brings bundles of ours", !ours().isEmpty());
            features.uninstallFeature(name, PLAIN);
            assertEquals("what " + name + " leaves behind", before, bundles());
            seen.add(name);
        }
        assertTrue("features: " + seen, seen.size() >= 14);
    }

    private List<String> bundles() {
        return Arrays.stream(context.getBundles())
                .map(Bundle::getSymbolicName)
                .sorted()
                .toList();
    }

    private List<String> ours() {
        return bundles().stream().filter(name -> name.startsWith("io.halcyon.")).toList();
    }

    private List<Bundle> broken() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != wanted(bundle))
                .toList();
    }

    private static int wanted(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null ? Bundle.RESOLVED : Bundle.ACTIVE;
    }
}
