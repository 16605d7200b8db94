using Aspire.Hosting;
using Aspire.Hosting.Pipelines;

namespace MlKit.Aspire.Embedded.Tests.Pipelines;

public class StepGraphTests
{
    [Fact]
    public void A_step_runs_after_what_it_depends_on_and_before_what_requires_it()
    {
        var graph = new StepGraph([Step("write", ["build"]), Step("build", []), Step("check", [], ["write"]), Step("other", [])]);

        Assert.Equal(["build", "check", "write"], graph.Choose("write").Select(step => step.Name));
    }

    [Fact]
    public void An_unknown_step_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => new StepGraph([Step("a", []), Step("b", [])]).Choose("pubish"));

        Assert.Equal("Unknown pipeline step 'pubish' (--step). Allowed: a, b.", error.Message);
    }

    [Fact]
    public void Steps_in_a_circle_are_an_error_that_shows_the_circle()
    {
        var graph = new StepGraph([Step("a", ["b"]), Step("b", ["a"])]);

        var error = Assert.Throws<DistributedApplicationException>(() => graph.Choose("a"));

        Assert.Contains("a -> b -> a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dependency_that_does_not_exist_is_an_error_that_names_both_steps()
    {
        var error = Assert.Throws<DistributedApplicationException>(() => new StepGraph([Step("a", ["gone"])]));

        Assert.Contains("'a' depends on 'gone'", error.Message, StringComparison.Ordinal);
    }

    private static PipelineStep Step(string name, List<string> dependsOn, List<string>? requiredBy = null) => new()
    {
        Name = name,
        Action = _ => Task.CompletedTask,
        DependsOnSteps = dependsOn,
        RequiredBySteps = requiredBy ?? [],
    };
}
