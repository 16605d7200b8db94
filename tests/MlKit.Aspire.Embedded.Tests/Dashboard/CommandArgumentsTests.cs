using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Dashboard;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Dashboard.ResourceService;

namespace MlKit.Aspire.Embedded.Tests.Dashboard;

public sealed class CommandArgumentsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("name", "", "a value is required")]
    [InlineData("name", "much too long", "at most 8 characters are allowed")]
    [InlineData("count", "many", "must be a number")]
    [InlineData("force", "perhaps", "must be true or false")]
    [InlineData("target", "tpu", "must be one of cpu, gpu")]
    [InlineData("name", "taken", "is taken")]
    public async Task A_wrong_value_is_refused_with_what_is_allowed(string input, string value, string problem)
    {
        await using var host = await StartAsync();
        var (_, problems) = await Arguments(host).ReadAsync(Request((input, value)), Token);
        Assert.Equal(problem, Assert.Contains(input, (IReadOnlyDictionary<string, string>)problems));
        Assert.Single(problems);
    }

    [Fact]
    public async Task Values_reach_the_command_and_what_was_not_entered_keeps_its_offer()
    {
        await using var host = await StartAsync();
        var (inputs, problems) = await Arguments(host).ReadAsync(Request(("count", "2.5"), ("fixed", "changed")), Token);
        Assert.Empty(problems);
        Assert.Equal(("model", 2.5, false, "cpu", "as it is"), (inputs.GetString("name"), inputs.GetDouble("count"), inputs.GetBoolean("force"), inputs.GetString("target"), inputs.GetString("fixed")));
    }

    [Fact]
    public void An_offered_secret_stays_with_the_host()
    {
        var message = CommandArguments.Message(new InteractionInput { Name = "token", InputType = InputType.SecretText, Value = "tell-nobody", Required = true });
        Assert.Equal(("SecretText", "", true, "token"), (message.Type, message.Value, message.Required, message.Label));
    }

    private static CommandArguments Arguments(TestHost host) => new(host.States, host.Application.Services);

    private static ExecuteCommandRequest Request(params (string Name, string Value)[] values)
    {
        var request = new ExecuteCommandRequest { ResourceId = "scorer", CommandName = "export" };
        foreach (var (name, value) in values)
        {
            request.Arguments[name] = value;
        }

        return request;
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = new TestHost();
        host.Shell("scorer", "exec sleep 60").Annotations.Add(new ResourceCommandAnnotation(
            "export", "Export", _ => ResourceCommandState.Enabled, _ => Task.FromResult(CommandResults.Success()), null,
            [
                new InteractionInput { Name = "name", InputType = InputType.Text, Value = "model", Required = true, MaxLength = 8 },
                new InteractionInput { Name = "count", InputType = InputType.Number },
                new InteractionInput { Name = "force", InputType = InputType.Boolean },
                new InteractionInput { Name = "target", InputType = InputType.Choice, Value = "cpu", Options = [new("cpu", "CPU"), new("gpu", "GPU")] },
                new InteractionInput { Name = "fixed", InputType = InputType.Text, Value = "as it is", Disabled = true },
            ],
            null, null, null, false, validateArguments: context =>
            {
                if (context.Inputs.GetString("name") == "taken")
                {
                    context.AddValidationError("name", "is taken");
                }

                return Task.CompletedTask;
            }));
        await host.StartAsync();
        await host.UntilAsync("scorer", KnownResourceStates.Running);
        return host;
    }
}
