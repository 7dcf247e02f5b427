/// The folder `docs` as pages, made by the build.
@org.jspecify.annotations.NullMarked
module com.poolbrain.webhooks.site {
  requires static transitive org.jspecify;
  requires static org.commonmark;
  requires static org.commonmark.ext.gfm.tables;
  requires static org.commonmark.ext.heading.anchor;

  exports com.poolbrain.webhooks.site;
}
