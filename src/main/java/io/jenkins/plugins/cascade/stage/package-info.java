/** The life of a stage seen from whoever runs the pipeline: reuse, launch, follow, stop, resume, judge. Knows neither Jenkins nor tensors. */
package io.jenkins.plugins.cascade.stage;
