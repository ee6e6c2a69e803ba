using CleanSync.Api;
using CleanSync.Application;
using CleanSync.Domain;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed class CatalogueTests(ApiHost host)
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
}
