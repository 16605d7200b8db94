using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MlKit.Aspire.Vocabulary;

public sealed class LifecycleTests
{
    [Fact]
    public void WaitFor_waits_until_healthy_and_refuses_oneself_and_ones_parent()
    {
        using var model = Model.Run();
        var server = model.Builder.AddPostgres("pg");
        var database = server.AddDatabase("db");
        var program = model.Program().WaitFor(database).WaitFor(server, WaitBehavior.StopOnResourceUnavailable);
        var waits = program.Resource.Annotations.OfType<WaitAnnotation>().ToList();
        Assert.All(waits, wait => Assert.Equal(WaitType.WaitUntilHealthy, wait.WaitType));
        Assert.Contains(waits, wait => wait.Resource == server.Resource);
        Assert.Contains(waits, wait => wait.WaitBehavior == WaitBehavior.StopOnResourceUnavailable);
        Assert.Throws<DistributedApplicationException>(() => program.WaitFor(program));
        Assert.Throws<DistributedApplicationException>(() => model.Builder.AddResource(new Child("child", server.Resource)).WaitFor(server));
    }

    [Fact]
    public void WaitForStart_waits_until_it_runs()
    {
        using var model = Model.Run();
        var other = model.Program("other");
        var program = model.Program().WaitForStart(other).WaitForStart(model.Program("third"), WaitBehavior.WaitOnResourceUnavailable);
        Assert.All(program.Resource.Annotations.OfType<WaitAnnotation>(), wait => Assert.Equal(WaitType.WaitUntilStarted, wait.WaitType));
        Assert.Equal(WaitBehavior.WaitOnResourceUnavailable, program.Last<WaitAnnotation>().WaitBehavior);
    }

    [Fact]
    public void WaitForCompletion_waits_for_an_exit_code()
    {
        using var model = Model.Run();
        var wait = model.Program().WaitForCompletion(model.Program("job"), exitCode: 3).Last<WaitAnnotation>();
        Assert.Equal((WaitType.WaitForCompletion, 3), (wait.WaitType, wait.ExitCode));
    }

    [Fact]
    public void WithExplicitStart_leaves_the_start_to_a_command()
    {
        using var model = Model.Run();
        Assert.NotNull(model.Program().WithExplicitStart().Last<ExplicitStartupAnnotation>());
    }

    [Fact]
    public void WithHealthCheck_names_a_check_once()
    {
        using var model = Model.Run();
        var program = model.Program().WithHealthCheck("mine");
        Assert.Equal("mine", program.Last<HealthCheckAnnotation>().Key);
        Assert.Throws<DistributedApplicationException>(() => program.WithHealthCheck("mine"));
    }

    [Fact]
    public void WithHttpHealthCheck_prefers_https_and_registers_a_check()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpEndpoint().WithHttpsEndpoint().WithHttpHealthCheck("/ready", 204);
        program.WithHttpHealthCheck(() => program.GetEndpoint("http"), "/other");
        model.Builder.AddExternalService("outside", "https://x.example/").WithHttpHealthCheck("/up");
        var keys = program.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(h => h.Key).ToList();
        Assert.Equal(["program_https_/ready_204_check", "program_http_/other_200_check"], keys);
        using var app = model.Builder.Build();
        var registered = app.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(r => r.Name).ToList();
        Assert.All(keys, key => Assert.Contains(key, registered));
        Assert.Throws<DistributedApplicationException>(() => model.Program("bare").WithHttpHealthCheck());
    }

    [Fact]
    public void WithHttpsHealthCheck_asks_the_https_endpoint()
    {
        using var model = Model.Run();
        Assert.Equal("program_https_/_200_check", model.Program().WithHttpsEndpoint().WithHttpsHealthCheck().Last<HealthCheckAnnotation>().Key);
    }

    [Fact]
    public void WithHttpProbe_is_a_probe_and_a_check_and_the_later_one_of_a_type_counts()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpEndpoint().WithHttpProbe(ProbeType.Liveness, "/a").WithHttpProbe(ProbeType.Liveness, "/b", periodSeconds: 9);
        program.WithHttpProbe(ProbeType.Readiness, () => program.GetEndpoint("http"), "/c", failureThreshold: 7);
        var probes = program.Resource.Annotations.OfType<EndpointProbeAnnotation>().ToList();
        Assert.Equal([("/b", 9, 3), ("/c", 5, 7)], probes.Select(p => (p.Path, p.PeriodSeconds, p.FailureThreshold)));
        Assert.Throws<DistributedApplicationException>(() => program.WithHttpHealthCheck("/c"));
    }

    [Fact]
    public void WithInitialState_makes_a_resource_of_ones_own_visible()
    {
        using var model = Model.Run();
        var snapshot = new CustomResourceSnapshot { ResourceType = "Mine", Properties = [] };
        Assert.Same(snapshot, model.Program().WithInitialState(snapshot).Last<ResourceSnapshotAnnotation>().InitialSnapshot);
    }

    [Fact]
    public void WithHidden_and_WithHiddenOnCompletion_say_when_a_resource_is_not_shown()
    {
        using var model = Model.Run();
        var hidden = model.Program("a").WithHidden().Last<HiddenAnnotation>();
        var once = model.Program("b").WithHiddenOnCompletion(0).Last<HiddenAnnotation>();
        Assert.NotEqual(hidden.Behavior, once.Behavior);
        Assert.Equal([0], once.SuccessfulExitCodes);
    }

    [Fact]
    public void WithHiddenOnCompletion_takes_several_exit_codes()
    {
        using var model = Model.Run();
        Assert.Equal([0, 2], model.Program().WithHiddenOnCompletion(0, 2).Last<HiddenAnnotation>().SuccessfulExitCodes);
    }

    [Fact]
    public void WithIconName_is_shown()
    {
        using var model = Model.Run();
        var icon = model.Program().WithIconName("Beaker", IconVariant.Regular).Last<ResourceIconAnnotation>();
        Assert.Equal(("Beaker", IconVariant.Regular), (icon.IconName, icon.IconVariant));
    }

    [Fact]
    public void WithLifetime_says_how_long_a_container_lives()
    {
        using var model = Model.Run();
        Assert.Equal(ContainerLifetime.Persistent, model.Container().WithLifetime(ContainerLifetime.Persistent).Last<ContainerLifetimeAnnotation>().Lifetime);
    }

    [Fact]
    public void WithPersistentLifetime_and_its_kin_leave_one_word_on_the_lifetime()
    {
        using var model = Model.Run();
        var container = model.Container();
        var plain = container.Resource.Annotations.Count;
        container.WithPersistentLifetime().WithSessionLifetime().WithParentProcessLifetime(Environment.ProcessId).WithLifetimeOf(model.Container("other"));
        Assert.Equal(plain + 1, container.Resource.Annotations.Count);
    }

    [Fact]
    public void WithSessionLifetime_is_the_default_said_aloud()
    {
        using var model = Model.Run();
        var container = model.Container();
        Assert.Same(container.Resource, container.WithSessionLifetime().Resource);
    }

    [Fact]
    public void WithParentProcessLifetime_needs_a_process_id()
    {
        using var model = Model.Run();
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Container().WithParentProcessLifetime(0));
    }

    [Fact]
    public void WithLifetimeOf_takes_the_lifetime_of_another_resource()
    {
        using var model = Model.Run();
        var container = model.Container().WithLifetimeOf(model.Container("other").WithPersistentLifetime());
        Assert.NotEmpty(container.Resource.Annotations);
    }

    [Fact]
    public async Task WithCommand_offers_a_command_and_replaces_one_of_the_same_name()
    {
        using var model = Model.Run();
        var program = model.Program().WithCommand("say", "Say", _ => Task.FromResult(CommandResults.Failure("old")), new CommandOptions())
            .WithCommand("say", "Say it", context => Task.FromResult(CommandResults.Success(context.ResourceName)), new CommandOptions { ConfirmationMessage = "Sure?", IsHighlighted = true });
        program.WithCommand("/usr/bin/other");
        var command = program.Last<ResourceCommandAnnotation>();
        using var app = model.Builder.Build();
        var result = await app.ResourceCommands.ExecuteCommandAsync(program.Resource, "say", TestContext.Current.CancellationToken);
        Assert.Equal(("Say it", "Sure?", true, true), (command.DisplayName, command.ConfirmationMessage, command.IsHighlighted, result.Success));
        Assert.Equal("/usr/bin/other", program.Resource.Command);
        Assert.Single(program.Resource.Annotations.OfType<ResourceCommandAnnotation>());
    }

    [Fact]
    public async Task WithHttpCommand_fails_where_nothing_has_an_address()
    {
        using var model = Model.Run();
        var program = model.Program().WithHttpEndpoint().WithHttpCommand("/reset", "Reset", commandName: "reset");
        program.WithHttpCommand("/x", "X", () => program.GetEndpoint("http"));
        using var app = model.Builder.Build();
        var result = await app.ResourceCommands.ExecuteCommandAsync(program.Resource, "reset", TestContext.Current.CancellationToken);
        Assert.False(result.Success);
        Assert.Contains(program.Resource.Annotations.OfType<ResourceCommandAnnotation>(), c => c.Name == "program-http-http-post-/x");
    }

    [Fact]
    public async Task WithProcessCommand_runs_a_program_and_gives_its_output()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses Unix programs");
        using var model = Model.Run();
        var program = model.Program()
            .WithProcessCommand("echo", "Echo", "echo", ["hello"])
            .WithProcessCommand("fail", "Fail", _ => new ProcessCommandSpec("sh") { Arguments = ["-c", "echo bad; exit 4"] })
            .WithProcessCommand("later", "Later", _ => ValueTask.FromResult(new ProcessCommandSpec("no-such-program")));
        using var app = model.Builder.Build();
        async Task<ExecuteCommandResult> Run(string name) => await app.ResourceCommands.ExecuteCommandAsync(program.Resource, name, TestContext.Current.CancellationToken);
        Assert.Equal((true, "hello"), ((await Run("echo")).Success, (await Run("echo")).Data?.Value));
        Assert.Contains("exit code 4", (await Run("fail")).Message, StringComparison.Ordinal);
        Assert.Contains("no-such-program", (await Run("later")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithRequiredCommand_names_what_must_be_installed()
    {
        using var model = Model.Run();
        var program = model.Program().WithRequiredCommand("git", "https://git.example/")
            .WithRequiredCommand("node", _ => Task.FromResult(RequiredCommandValidationResult.Failure("too old")));
        Assert.Equal(["git", "node"], program.Resource.Annotations.OfType<RequiredCommandAnnotation>().Select(r => r.Command));
    }

    [Fact]
    public async Task WithDebugSupport_says_what_an_IDE_starts_in_run_mode_only()
    {
        using var model = Model.Run();
        var program = model.Program().WithDebugSupport(mode => new ExecutableLaunchConfiguration("python") { Mode = mode }, "python");
        Assert.Equal("python", program.Last<SupportsDebuggingAnnotation>().LaunchConfigurationType);
        var launch = (ExecutableLaunchConfiguration)await program.Resource.CreateLaunchConfigurationAsync(ExecutableLaunchMode.Debug, TestContext.Current.CancellationToken);
        Assert.Equal("Debug", launch.Mode);
        Assert.False(program.Resource.SupportsDebugging(model.Builder.Configuration, out _));
        using var published = Model.Publish();
        Assert.Empty(published.Program().WithDebugSupport(_ => new ExecutableLaunchConfiguration("x"), "x").Resource.Annotations.OfType<SupportsDebuggingAnnotation>());
    }

    [Fact]
    public void WithLaunchToolArgs_belongs_to_a_kind_of_launch_configuration()
    {
        using var model = Model.Run();
        var program = model.Program().WithDebugSupport(_ => new ExecutableLaunchConfiguration("python"), "python")
            .WithLaunchToolArgs(context => context.Args.Add("-X"), "python")
            .WithLaunchToolArgs(_ => Task.CompletedTask);
        Assert.True(program.Resource.HasLaunchToolArgsOwnedBy(program.Last<SupportsDebuggingAnnotation>()));
    }

    private sealed class Child(string name, IResource parent) : Resource(name), IResourceWithParent, IResourceWithWaitSupport
    {
        public IResource Parent { get; } = parent;
    }
}
