using System.Text.RegularExpressions;
using CleanSync.Api;
using CleanSync.Application;
using CleanSync.Domain;
using CleanSync.Domain.Syncing.Rules;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed partial class CatalogueTests(ApiHost host)
{
    public static TheoryData<Type> Refusals => [.. ProblemCatalogue.Refusals(typeof(Error), typeof(HttpRefusal))];

    public static TheoryData<Type> Requests =>
        [.. typeof(ApplicationRegistration).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IBaseRequest)))];

    [Theory, MemberData(nameof(Refusals))]
    public void Every_refusal_has_a_status_and_says_what_to_do(Type refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var sample = ProblemCatalogue.Sample(refusal);
        Assert.InRange(Problems.StatusOf(sample), 400, 503);
        Assert.EndsWith(".", sample.Message, StringComparison.Ordinal);
        Assert.Matches("^[a-z]+(-[a-z]+)*$", sample.Code);
    }

    [Fact]
    public void No_two_refusals_share_a_code() => Assert.Distinct(ProblemCatalogue.All.Select(p => p.Type));

    [Fact]
    public async Task The_catalogue_is_published()
    {
        var published = await host.Caller().GetStringAsync("/api/v1/problems", TestContext.Current.CancellationToken);
        Assert.All(ProblemCatalogue.All, p => Assert.Contains($"\"{p.Type}\"", published, StringComparison.Ordinal));
        Assert.Contains("There is no appointment {id}.", published, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_next_call_belongs_to_a_refusal_or_a_rule_and_exists()
    {
        var codes = Refusals.Select(r => ProblemCatalogue.Sample(r.Data).Code).Concat(SyncRules.All.Select(r => r.Id)).ToHashSet();
        Assert.Subset(codes, NextCalls.ByCode.Keys.ToHashSet());
        var calls = NextCalls.ByCode.Values.Select(c => Call().Match(c)).ToList();
        Assert.All(calls, c => Assert.True(c.Success));
        Assert.Subset(
            Contract.Operations.Select(o => $"{o.Method} {o.Path}").ToHashSet(StringComparer.OrdinalIgnoreCase),
            calls.Select(c => c.Value).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Requests))]
    public void Every_request_has_exactly_one_handler(Type request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = request.GetInterfaces()
            .Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>))
            .GetGenericArguments()[0];
        using var scope = host.Services.CreateScope();
        Assert.Single(scope.ServiceProvider.GetServices(typeof(IRequestHandler<,>).MakeGenericType(request, answer)));
    }

    [GeneratedRegex("(?:GET|PUT|POST) /api/v1/[A-Za-z/{}-]*[A-Za-z}]")]
    private static partial Regex Call();
}
