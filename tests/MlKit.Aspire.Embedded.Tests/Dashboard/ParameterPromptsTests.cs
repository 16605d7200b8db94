using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using MlKit.Aspire.Embedded.Dashboard;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Dashboard;

public sealed class ParameterPromptsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_uses_a_parameter_without_a_value_waits_until_the_dashboard_gives_it()
    {
        await using var host = new TestHost();
        var parameter = host.Builder.AddParameter("api-key", secret: true);
        host.Shell("mailer", "echo got $KEY; exec sleep 60").Annotations.Add(
            new EnvironmentCallbackAnnotation(variables => variables["KEY"] = parameter.Resource));
        AskBeforeStart(host);
        await host.StartAsync();

        await host.UntilAsync("api-key", KnownResourceStates.ValueMissing);
        var commands = host.Application.ResourceCommands;
        var result = await commands.ExecuteCommandAsync("api-key", KnownResourceCommands.SetParameterCommand, Value("tell-nobody"), Token);
        Assert.True(result.Success, result.Message);
        Assert.DoesNotContain("tell-nobody", result.Message);

        await host.UntilAsync("mailer", KnownResourceStates.Running);
        await Eventually.True(async () => (await host.LogAsync("mailer")).Contains("got tell-nobody"), TestHost.Deadline, "the mailer has the value");
        var snapshot = await host.UntilAsync("api-key", KnownResourceStates.Running);
        Assert.True(snapshot.Properties.Single(property => property.Name == "Value").IsSensitive);
        Assert.Equal(ResourceCommandState.Hidden, Assert.Single(snapshot.Commands).State);
        Assert.False((await commands.ExecuteCommandAsync("api-key", KnownResourceCommands.SetParameterCommand, Value("another"), Token)).Success);
    }

    [Fact]
    public async Task A_parameter_is_asked_for_by_the_field_that_its_author_made()
    {
        await using var host = new TestHost();
        host.Builder.AddParameter("size").WithCustomInput(p => new InteractionInput { Name = p.Name, InputType = InputType.Choice, Options = [new("s", "Small"), new("l", "Large")] });
        AskBeforeStart(host);
        await host.StartAsync();

        var snapshot = await host.UntilAsync("size", KnownResourceStates.ValueMissing);
        var field = Assert.Single(snapshot.Commands).Arguments[0];
        Assert.Equal(["s", "l"], field.Options!.Select(option => option.Key));
        var entered = new InteractionInputCollection([new InteractionInput { Name = "size", InputType = InputType.Choice, Value = "l" }]);
        Assert.True((await host.Application.ResourceCommands.ExecuteCommandAsync("size", KnownResourceCommands.SetParameterCommand, entered, Token)).Success);
        Assert.Equal("l", (await host.UntilAsync("size", KnownResourceStates.Running)).Properties.Single(p => p.Name == "Value").Value);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task A_value_is_kept_for_later_runs_where_that_is_wanted(string keep, bool isKept)
    {
        await using var first = new TestHost();
        first.Builder.AddParameter("api-key", secret: true);
        AskBeforeStart(first);
        await first.StartAsync();
        await first.UntilAsync("api-key", KnownResourceStates.ValueMissing);
        var entered = new InteractionInputCollection(
        [
            new InteractionInput { Name = "value", InputType = InputType.SecretText, Value = "tell-nobody" },
            new InteractionInput { Name = "keep-value", InputType = InputType.Boolean, Value = keep },
        ]);
        Assert.True((await first.Application.ResourceCommands.ExecuteCommandAsync("api-key", KnownResourceCommands.SetParameterCommand, entered, Token)).Success);
        await first.UntilAsync("api-key", KnownResourceStates.Running);
        await first.Application.StopAsync(Token);

        await using var second = new TestHost("--MlKit:StatePath", Path.Combine(first.Folder.Path, ".mlkit"));
        var parameter = second.Builder.AddParameter("api-key", secret: true);
        AskBeforeStart(second);
        await second.StartAsync();
        await second.UntilAsync("api-key", isKept ? KnownResourceStates.Running : KnownResourceStates.ValueMissing);
        if (isKept)
        {
            Assert.Equal("tell-nobody", await parameter.Resource.GetValueAsync(Token));
        }
    }

    [Fact]
    public async Task A_parameter_with_a_value_is_not_asked_for()
    {
        await using var host = new TestHost("--Parameters:region", "north");
        host.Builder.AddParameter("region");
        AskBeforeStart(host);
        await host.StartAsync();
        Assert.Empty((await host.UntilAsync("region", KnownResourceStates.Running)).Commands);
    }

    private static void AskBeforeStart(TestHost host) => host.Builder.Eventing.Subscribe<BeforeStartEvent>(
        (started, token) => started.Services.GetRequiredService<ParameterPrompts>().AskAsync(started.Model, token));

    private static InteractionInputCollection Value(string value) =>
        new([new InteractionInput { Name = "value", InputType = InputType.SecretText, Value = value }]);
}
