using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Diagnosis;
using Xunit;

namespace CleanSync.UnitTests.Diagnosis;

public sealed class RemedyTests
{
    private const string User = "svc-o'neil@contoso.example", Quoted = "'svc-o''neil@contoso.example'", Host = "mail.contoso.example";

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Remedy> All => new()
    {
        ["impersonation"] = RightsRemedies.Impersonation(User, ["d'arcy@contoso.example"]),
        ["scope"] = RightsRemedies.AddToScope(["d'arcy@contoso.example"]),
        ["share"] = RightsRemedies.Share(User, ["d'arcy@contoso.example"]),
        ["editor"] = RightsRemedies.RaiseToEditor(User, ["d'arcy@contoso.example"]),
        ["deleted items"] = RightsRemedies.OpenDeletedItems(User, ["d'arcy@contoso.example"]),
        ["mailbox"] = RightsRemedies.EnableMailbox(User),
        ["limits"] = LogonRemedies.RaiseLimits(User, ExchangeVersion.Exchange2016),
        ["limits of 2010"] = LogonRemedies.RaiseLimits(User, ExchangeVersion.Exchange2010),
        ["basic"] = LogonRemedies.OfferBasic(Host),
        ["ntlm"] = LogonRemedies.OfferNtlm(Host),
        ["extended protection"] = LogonRemedies.RelaxExtendedProtection(Host),
        ["allowed"] = LogonRemedies.AllowCaller(User)[1],
        ["blocked"] = LogonRemedies.AllowCaller(User)[2],
        ["ews"] = LogonRemedies.AllowCaller(User)[3],
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_that_changes_something_has_its_undo_and_quotes_what_it_is_given(string name)
    {
        var remedy = All[name];
        Assert.NotNull(remedy.Undo);
        Assert.NotEqual(remedy.Command, remedy.Undo);
        Assert.EndsWith(".", remedy.What, StringComparison.Ordinal);
        foreach (var text in new[] { remedy.Command!, remedy.Undo })
        {
            Assert.DoesNotContain("o'neil@", text.Replace("o''neil@", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("d'arcy@", text.Replace("d''arcy@", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Impersonation_is_given_within_a_management_scope_and_taken_back_in_the_other_order()
    {
        var remedy = All["impersonation"];
        string[] made = ["New-DistributionGroup", "New-ManagementScope", "New-ManagementRoleAssignment"],
        removed = ["Remove-ManagementRoleAssignment", "Remove-ManagementScope", "Remove-DistributionGroup"];
        Assert.Equal(made, InOrder(remedy.Command!, made));
        Assert.Equal(removed, InOrder(remedy.Undo!, removed));
        Assert.Contains(
            $"-Role 'ApplicationImpersonation' -User {Quoted} -CustomRecipientWriteScope 'CleanSync staff'",
            remedy.Command,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_raised_by_a_policy_in_the_words_of_the_version()
    {
        Assert.Contains(
            $"EwsMaxBurst Unlimited -EwsRechargeRate Unlimited -EwsCutoffBalance Unlimited; Set-ThrottlingPolicyAssociation -Identity {Quoted}",
            All["limits"].Command,
            StringComparison.Ordinal);
        Assert.Contains(
            $"Set-Mailbox -Identity {Quoted} -ThrottlingPolicy 'CleanSync'", All["limits of 2010"].Command, StringComparison.Ordinal);
    }

    private static IEnumerable<string> InOrder(string text, string[] words) =>
        words.OrderBy(w => text.IndexOf(w, StringComparison.Ordinal));
}
