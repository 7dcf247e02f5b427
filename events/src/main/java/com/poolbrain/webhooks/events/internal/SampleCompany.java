package com.poolbrain.webhooks.events.internal;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Field values of a fictitious pool company. The items of one sample have what they would have in
/// common in an import or a bulk change: consecutive ids, one technician, one route.
public final class SampleCompany {

  private static final List<String> FIRST_NAMES =
      List.of(
          "Chris", "Alina", "Sourav", "Mike", "John", "Maria", "José", "Zoë", "Priya", "Wei",
          "Fatima", "Noah", "Olivia", "Luca", "Hannah", "Tyler");
  private static final List<String> LAST_NAMES =
      List.of(
          "Bale",
          "Grant",
          "Bhange",
          "Smith",
          "Doe",
          "García",
          "Nguyen",
          "Müller",
          "Patel",
          "Chen",
          "O'Brien",
          "Johnson",
          "Rossi",
          "Kowalski",
          "Haddad",
          "Brooks");
  private static final List<String> JOB_TITLES =
      List.of(
          "Filter Clean",
          "Pump Repair",
          "Heater Inspection",
          "Green to Clean",
          "Salt Cell Change",
          "Leak Detection",
          "Pool Opening",
          "Winterization",
          "Acid Wash",
          "Tile Cleaning",
          "Untitled Job");
  private static final List<String> ROUTES =
      List.of("North Route", "South Route", "Lakeside", "Downtown", "Harbor", "East Valley");
  private static final int UNASSIGNED_ONE_IN = 8;

  private final RandomGenerator random;
  private final long firstCustomerId;
  private final long firstJobId;
  private final boolean assigned;
  private final String technician;
  private final String route;
  private int itemIndex;

  public SampleCompany(RandomGenerator random) {
    this.random = random;
    firstCustomerId = 3_900_000L + random.nextInt(100_000);
    firstJobId = 2_400_000L + random.nextInt(100_000);
    assigned = random.nextInt(UNASSIGNED_ONE_IN) != 0;
    technician = pick(FIRST_NAMES) + " " + pick(LAST_NAMES);
    route = pick(ROUTES) + " - Truck " + (1 + random.nextInt(4));
  }

  public void nextItem() {
    itemIndex++;
  }

  public long integerFor(String field) {
    return switch (field) {
      case "customerId" -> firstCustomerId + itemIndex;
      case "jobId" -> firstJobId + itemIndex * 61L; // jobs of other companies lie between
      default -> 1L + random.nextInt(100_000);
    };
  }

  @Nullable
  public String textFor(String field, boolean nullable) {
    if (nullable && !assigned) {
      return null;
    }
    return switch (field) {
      case "displayName" -> pick(FIRST_NAMES) + " " + pick(LAST_NAMES);
      case "jobNumber" -> "JOB-" + (firstJobId % 10_000 + itemIndex);
      case "jobTitle" -> pick(JOB_TITLES);
      case "technicianName" -> technician;
      case "technicianFirstName" -> pick(FIRST_NAMES);
      case "technicianLastName" -> pick(LAST_NAMES);
      case "currentRouteName", "routeName" -> route;
      case "message" -> "Hello from Pool Brain. This endpoint is reachable.";
      default -> "Sample " + (1 + random.nextInt(1_000));
    };
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
