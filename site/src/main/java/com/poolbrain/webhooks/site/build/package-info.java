/// Makes pages of Markdown, while the project is built.
@org.jspecify.annotations.NullMarked
package com.poolbrain.webhooks.site.build;
