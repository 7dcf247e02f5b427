package com.poolbrain.webhooks.cli.terminal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Messages for I/O errors. Those of the JDK often contain only the file name.
public final class IoMessages {

  private IoMessages() {}

  /// The reason as a clause that ends a sentence.
  public static String describe(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file or folder.";
      case AccessDeniedException _ -> "permission denied.";
      case FileAlreadyExistsException _, NotDirectoryException _ ->
          "a file exists where a folder is needed.";
      case CharacterCodingException _ -> "it is not UTF-8 text.";
      default -> String.valueOf(e.getMessage());
    };
  }
}
