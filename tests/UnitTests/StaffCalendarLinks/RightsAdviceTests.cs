using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

public sealed class RightsAdviceTests
{
    private const string Address = "anna@contoso.example", User = "svc@contoso.example";

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Func<bool, Error>> All => new()
    {
        ["not opened"] = impersonates => new CalendarAccessDenied(Address, User, impersonates),
        ["not created in"] = impersonates => new CalendarRightsMissing(Address, User, impersonates),
        ["answer not taken"] = impersonates => new ResponseWasRefused("ErrorAccessDenied", impersonates),
        ["ErrorAccessDenied"] = impersonates => Translated("ErrorAccessDenied", impersonates).Refusal,
        ["ErrorFolderNotFound"] = impersonates => Translated("ErrorFolderNotFound", impersonates).Refusal,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Advice_on_rights_fits_the_kind_of_access(string name)
    {
        var (asDelegate, impersonating) = (All[name](false), All[name](true));
        Assert.Equal(asDelegate.Code, impersonating.Code);
        Assert.Matches("Author|Editor", asDelegate.Message);
        Assert.DoesNotMatch("Author|Editor|Grant", impersonating.Message);
        if (asDelegate is not ResponseWasRefused) Assert.Contains("management scope", impersonating.Message, StringComparison.Ordinal);
    }

    private static CalendarFailure Translated(string code, bool impersonates) =>
        FaultTranslator.FromCode(
            EwsError.From(code, null, null), Sample.Integration().Server with { UseImpersonation = impersonates }, Address);
}
