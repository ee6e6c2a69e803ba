using System.Diagnostics;
using CleanSync.Api.Parsing;
using CleanSync.Domain;

namespace CleanSync.Api;

/// <summary>The one place where a refusal becomes a status and a problem.</summary>
internal static class Problems
{
    private static readonly (string InCode, string Spelt)[] Spelling =
    [
        ("Api ", "API "),
        ("Json ", "JSON "),
        ("Ntlm ", "NTLM "),
        ("Tls ", "TLS "),
        (" exchange", " Exchange"),
        ("service accounts", "service account's"),
        ("anothers", "another's"),
    ];

    public const string ContentType = "application/problem+json";

    /// <param name="ifMatch">What the caller expected to be stored: a lost race is then a failed precondition instead of a
    /// conflict.</param>
    public static IResult Of(Error refusal, IfMatch? ifMatch = null) => new Answer(
        refusal,
        refusal is ChangedMeanwhile && ifMatch is not null ? StatusCodes.Status412PreconditionFailed : StatusOf(refusal));

    /// <summary>200 with the value, or the problem.</summary>
    public static IResult OkOrProblem<T>(this Result<T> result) =>
        result.Refusal is { } refusal ? Of(refusal) : TypedResults.Ok(result.Value);

    public static int StatusOf(Error refusal) => refusal switch
    {
        InvalidInput => StatusCodes.Status400BadRequest,
        NotFound => StatusCodes.Status404NotFound,
        Conflict => StatusCodes.Status409Conflict,
        Unavailable => StatusCodes.Status503ServiceUnavailable,
        HttpRefusal http => http.Status,
        Unexpected => StatusCodes.Status500InternalServerError,
        _ => throw new UnreachableException($"{refusal.GetType().Name} is of no known kind."),
    };

    public static string TypeOf(Error refusal) => $"urn:cleansync:{refusal.Code}";

    /// <summary>The code in words: appointment-is-cancelled reads "Appointment is cancelled".</summary>
    public static string TitleOf(Error refusal) => Spelling.Aggregate(
        char.ToUpperInvariant(refusal.Code[0]) + refusal.Code[1..].Replace('-', ' '),
        (title, word) => title.Replace(word.InCode, word.Spelt, StringComparison.Ordinal));

    public static Problem Write(Error refusal, int status, string traceId) => new(
        TypeOf(refusal), TitleOf(refusal), status, NextCalls.Detail(refusal), traceId, (refusal as InvalidRequest)?.Fields);

    private sealed class Answer(Error refusal, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            RefusalLog.Note(httpContext, refusal, status);
            var problem = Write(refusal, status, RequestTrace.Of(httpContext));
            return httpContext.Response.WriteAsJsonAsync(problem, options: null, ContentType, httpContext.RequestAborted);
        }
    }
}
