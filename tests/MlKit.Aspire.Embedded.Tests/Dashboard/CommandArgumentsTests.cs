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

    [Fact]
    public async Task Choices_that_depend_on_other_inputs_are_found_for_what_was_entered_and_only_they_are_allowed()
    {
        await using var host = new TestHost();
        host.Shell("scorer", "exec sleep 60").Annotations.Add(new ResourceCommandAnnotation(
            "load", "Load", _ => ResourceCommandState.Enabled, _ => Task.FromResult(CommandResults.Success()), null,
            [
                new InteractionInput { Name = "model", InputType = InputType.Text, Value = "a" },
                new InteractionInput
                {
                    Name = "version",
                    InputType = InputType.Choice,
                    DynamicLoading = new InputLoadOptions
                    {
                        DependsOnInputs = ["model"],
                        LoadCallback = load =>
                        {
                            load.Input.Options = [new($"{load.AllInputs.GetString("model")}-1", "1")];
                            return Task.CompletedTask;
                        },
                    },
                },
            ],
            null, null, null, false));
        await host.StartAsync();
        await host.UntilAsync("scorer", KnownResourceStates.Running);
        async Task<string> ChoiceAsync(params (string Name, string Value)[] values)
        {
            var request = new LoadInputsRequest { ResourceId = "scorer", CommandName = "load", Arguments = { values.ToDictionary(v => v.Name, v => v.Value) } };
            var version = (await Arguments(host).LoadAsync(request, Token)).Single(input => input.Name == "version");
            Assert.True(version.IsDynamic);
            return Assert.Single(version.Choices).Value;
        }

        Assert.Equal("a-1", await ChoiceAsync());
        Assert.Equal("b-1", await ChoiceAsync(("model", "b")));
        var entered = new ExecuteCommandRequest { ResourceId = "scorer", CommandName = "load", Arguments = { ["model"] = "b", ["version"] = "a-1" } };
        Assert.Equal("must be one of b-1", (await Arguments(host).ReadAsync(entered, Token)).Problems["version"]);
        entered.Arguments["version"] = "b-1";
        Assert.Empty((await Arguments(host).ReadAsync(entered, Token)).Problems);
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
