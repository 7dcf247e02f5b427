package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.stream.BodyStream;
import com.poolbrain.webhooks.management.Result;
import com.poolbrain.webhooks.management.export.Export;
import com.poolbrain.webhooks.management.export.ExportFormat;
import java.util.function.Function;

/// Makes the responses that most requests of the API have in common.
public final class ApiResponses {

  private ApiResponses() {}

  /// The response with an export as a file.
  ///
  /// @param name of the file, without its extension
  public static Response file(Export export, String name) {
    ExportFormat format = export.format();
    return Response.download(
        format.contentType(),
        name + "." + format.wireName(),
        BodyStream.of(writer -> export.writeTo(writer::write), export::close));
  }

  /// The response to a use case that was done, or 409 with the advice of a refused one.
  public static <T> Response orConflict(Result<T> result, Function<T, Response> toResponse) {
    return switch (result) {
      case Result.Done<T>(T value) -> toResponse.apply(value);
      case Result.Refused<T>(String advice) -> Response.of(Problem.conflict(advice));
    };
  }
}
