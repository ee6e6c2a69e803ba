namespace CleanSync.Api.OpenApi;

/// <summary>What Swagger UI shows otherwise than it does by itself.</summary>
internal static class SwaggerLook
{
    /// <summary>The command line that Swagger UI prints after each call holds the API key and the password that was typed: it is not shown. Lists of problems are kept close.</summary>
    public const string Head = """
        <style>
          .swagger-ui .curl-command { display: none }
          .swagger-ui .response-col_description .renderedMarkdown ul { margin: 0 0 8px; padding-left: 18px }
          .swagger-ui .response-col_description .renderedMarkdown li { margin: 0; line-height: 1.35 }
        </style>
        """;
}
