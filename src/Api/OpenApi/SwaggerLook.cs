namespace CleanSync.Api.OpenApi;

/// <summary>What Swagger UI shows otherwise than it does by itself.</summary>
internal static class SwaggerLook
{
    /// <summary>
    /// The command line that Swagger UI prints after each call holds the API key and the password that was typed, so it is not shown, and a
    /// key is typed unseen. An id fits into its field, and a list of problems stands close.
    /// </summary>
    public const string Head = """
        <style>
          .swagger-ui .curl-command, .swagger-ui .response-col_links { display: none }
          .swagger-ui .auth-container input { width: 100%; -webkit-text-security: disc }
          .swagger-ui .parameters-col_description input[type=text] { width: 100%; max-width: 440px }
          .swagger-ui .response-col_description .renderedMarkdown ul { margin: 0 0 8px; padding-left: 18px }
          .swagger-ui .response-col_description .renderedMarkdown li { margin: 0; line-height: 1.35 }
        </style>
        """;
}
