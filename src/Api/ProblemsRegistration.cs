using CleanSync.Api.Parsing;

namespace CleanSync.Api;

internal static class ProblemsRegistration
{
    public static IServiceCollection AddProblems(this IServiceCollection services) =>
        services.AddProblemDetails().AddExceptionHandler<UnhandledExceptions>();

    /// <summary>Whatever goes wrong leaves as a problem: exceptions, and the framework's answers without a body.</summary>
    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest =>
                Problems.Of(FieldErrors.Of("body", UnreadableRequest.BodyExpected)).ExecuteAsync(context.HttpContext),
            StatusCodes.Status413PayloadTooLarge => Problems.Of(new RequestTooLarge()).ExecuteAsync(context.HttpContext),
            StatusCodes.Status404NotFound => Problems.Of(new PathNotFound()).ExecuteAsync(context.HttpContext),
            StatusCodes.Status405MethodNotAllowed => Problems.Of(new MethodNotAllowed()).ExecuteAsync(context.HttpContext),
            StatusCodes.Status415UnsupportedMediaType => Problems.Of(new JsonExpected()).ExecuteAsync(context.HttpContext),
            _ => Task.CompletedTask,
        });
    }
}
