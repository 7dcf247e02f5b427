package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.api.ops.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/// Output of `--version`: the versions of the product and of Java.
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    BuildInfo build = BuildInfo.current();
    return new String[] {
      "poolbrain-webhooks " + build.version(),
      "Java " + build.java() + " (" + System.getProperty("java.vendor") + ")",
    };
  }
}
