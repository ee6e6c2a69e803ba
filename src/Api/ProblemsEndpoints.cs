namespace CleanSync.Api;

internal static class ProblemsEndpoints
{
    public static void MapProblems(this IEndpointRouteBuilder api) =>
        api.MapGet("/problems", List).WithTags("Problems").WithName("listProblemTypes").Produces<IReadOnlyList<ProblemType>>();

    /// <summary>Every type of problem that the API can answer with.</summary>
    private static IReadOnlyList<ProblemType> List() => ProblemCatalogue.All;
}
