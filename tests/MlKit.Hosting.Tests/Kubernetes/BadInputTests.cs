using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting.Tests.Kubernetes;

public sealed class BadInputTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public void A_number_of_gpus_out_of_range_names_resource_call_value_and_range(int count) =>
        Refuses(web => web.WithGpu(count), "'web'", $"WithGpu({count})", "0 to 16");

    [Theory]
    [InlineData("5g.10gb")]
    [InlineData("1g")]
    [InlineData("")]
    public void An_unknown_mig_profile_is_refused(string profile) =>
        Refuses(web => web.WithGpu(1, gpu => gpu.MigProfile = profile), "'web'", $"'{profile}'", "1g.10gb");

    [Fact]
    public void A_mig_profile_is_nvidias_only() =>
        Refuses(
            web => web.WithGpu(1, gpu => (gpu.Vendor, gpu.MigProfile) = (GpuVendor.Amd, "1g.10gb")), "'web'", "NVIDIA");

    [Theory]
    [InlineData(0, 3)]
    [InlineData(4, 4)]
    [InlineData(5, 2)]
    [InlineData(1, 1001)]
    public void Bounds_that_leave_nothing_to_scale_are_refused(int min, int max) =>
        Refuses(web => web.WithAutoscaling(min, max), "'web'", $"min: {min}, max: {max}", "max above min");

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_cpu_target_is_a_percentage(int cpu) =>
        Refuses(web => web.WithAutoscaling(1, 2, cpu), "'web'", $"cpu: {cpu}", "1 to 100");

    [Theory]
    [InlineData("every day")]
    [InlineData("* * * *")]
    [InlineData("@daily")]
    public void A_schedule_is_a_cron_expression_of_five_fields(string schedule) =>
        Refuses(web => web.AsTrainingJob(schedule), "'web'", $"'{schedule}'", "five fields");

    [Fact]
    public void Retries_and_deadline_have_a_range()
    {
        Refuses(web => web.AsTrainingJob(retries: -1), "'web'", "retries: -1", "0 to 20");
        Refuses(web => web.AsTrainingJob(deadline: TimeSpan.Zero), "'web'", "deadline", "30 days");
    }

    [Theory]
    [InlineData("0", "1Gi")]
    [InlineData("-1", "1Gi")]
    [InlineData("1", "1 GB")]
    [InlineData("1", "0")]
    public void A_size_is_a_quantity_above_zero(string cpu, string memory) =>
        Refuses(web => web.WithResources(cpu, memory), "'web'", "WithResources", "512Mi");

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a;b")]
    public void A_model_name_that_a_registry_does_not_take_is_refused(string name) =>
        Refuses(web => web.WithModel(name), "'web'", $"\"{name}\"", "must not be empty");

    [Fact]
    public void A_model_is_served_by_its_name_once() =>
        Refuses(web => web.WithModel("ranker").WithModel("ranker", "challenger"), "'web'", "\"ranker\"", "twice");

    private static void Refuses(Action<IResourceBuilder<ContainerResource>> call, params string[] parts)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

        var error = Assert.Throws<DistributedApplicationException>(() => call(builder.AddContainer("web", "acme/web", "1")));

        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
